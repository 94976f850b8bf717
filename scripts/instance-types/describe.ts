import type { InstanceFacts } from '../../lib/contracts/instances/instance-facts';

/** What is used of an answer of DescribeInstanceTypes (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceTypeInfo.html). */
interface Answer {
  readonly InstanceTypes: readonly Description[];
}

interface Description {
  readonly InstanceType: string;
  readonly ProcessorInfo: { readonly SupportedArchitectures: readonly string[] };
  readonly VCpuInfo: { readonly DefaultVCpus: number };
  readonly MemoryInfo: { readonly SizeInMiB: number };
  readonly NetworkInfo?: { readonly EfaSupported?: boolean };
  readonly GpuInfo?: { readonly Gpus: readonly Gpu[] };
  readonly InferenceAcceleratorInfo?: { readonly Accelerators: readonly Device[] };
  readonly NeuronInfo?: unknown;
}

interface Device {
  readonly Manufacturer: string;
  readonly Name: string;
}

interface Gpu extends Device {
  readonly Count?: number;
  readonly LogicalGpuCount?: number;
}

/** Reads what `aws ec2 describe-instance-types --output json` prints; macOS, which AWS Batch does not run, is left out. */
export function parseDescribe(text: string): InstanceFacts[] {
  const answer: unknown = JSON.parse(text);
  if (!isAnswer(answer)) throw new Error(`not an answer of DescribeInstanceTypes: it has no 'InstanceTypes'`);
  return answer.InstanceTypes.filter(
    ({ ProcessorInfo }) => !ProcessorInfo.SupportedArchitectures.some((name) => name.endsWith('_mac')),
  ).map((type) => ({
    name: type.InstanceType,
    architecture: type.ProcessorInfo.SupportedArchitectures.includes('arm64') ? 'arm64' : 'x86_64',
    vcpus: type.VCpuInfo.DefaultVCpus,
    memoryMiB: type.MemoryInfo.SizeInMiB,
    accelerator: acceleratorOf(type),
    gpus: gpusOf(type),
    efa: type.NetworkInfo?.EfaSupported ?? false,
  }));
}

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'InstanceTypes' in value && Array.isArray(value.InstanceTypes);

function acceleratorOf({
  InstanceType,
  GpuInfo,
  InferenceAcceleratorInfo,
  NeuronInfo,
}: Description): string | undefined {
  // Each generation of these chips has a name of its own, and some families have two.
  if (InstanceType.startsWith('inf')) return 'AWS Inferentia';
  if (NeuronInfo !== undefined) return 'AWS Trainium';
  const device = GpuInfo?.Gpus.at(0) ?? InferenceAcceleratorInfo?.Accelerators.at(0);
  if (device === undefined) return undefined;
  return device.Name.startsWith(device.Manufacturer) ? device.Name : `${device.Manufacturer} ${device.Name}`;
}

/** GPUs that the system sees: of a partitioned GPU the partitions. */
const gpusOf = ({ GpuInfo }: Description): number =>
  (GpuInfo?.Gpus ?? []).reduce((sum, gpu) => sum + (gpu.LogicalGpuCount ?? gpu.Count ?? 0), 0);
