import { Token, Tokenization } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { fail } from '../../private/check';
import type { PodContainer } from './eks-container';
import { inWords, sizeOf } from './eks-container-size';
import { mebibytesOf } from './eks-quantity';

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerResourceRequirements.html */
const VCPU_STEP = 0.25;
const MIN_MEMORY_MIB = 4;

/**
 * Renders what is reserved for a container, and what it may have at most. Memory and GPUs are the same in both, as AWS
 * Batch wants it.
 * @internal
 */
export function renderResources(scope: IConstruct, container: PodContainer): batch.CfnJobDefinition.ResourcesProperty {
  const { vcpus, memory, gpus } = sizeOf(container);
  const vcpuLimit = container.vcpuLimit ?? vcpus;
  checkVcpus(scope, `the vCPUs of ${inWords(container)}`, vcpus);
  checkVcpus(scope, `'vcpuLimit' of ${inWords(container)}`, vcpuLimit);
  if (!Token.isUnresolved(vcpus) && !Token.isUnresolved(vcpuLimit) && vcpuLimit < vcpus) {
    throw fail(
      scope,
      `'vcpuLimit' of ${inWords(container)} must be at least the ${vcpus} vCPU of its size, got ${vcpuLimit}`,
      'job-eks-size',
    );
  }
  if (gpus !== undefined && !Token.isUnresolved(gpus) && (!Number.isInteger(gpus) || gpus < 1)) {
    throw fail(
      scope,
      `the GPUs of ${inWords(container)} must be a whole number, at least 1, got ${gpus}`,
      'job-eks-size',
    );
  }
  const both = {
    memory: mebibytesOf(scope, `the memory of ${inWords(container)}`, memory, MIN_MEMORY_MIB),
    ...(gpus === undefined ? {} : { 'nvidia.com/gpu': Tokenization.stringifyNumber(gpus) }),
  };
  return {
    requests: { cpu: Tokenization.stringifyNumber(vcpus), ...both },
    limits: { cpu: Tokenization.stringifyNumber(vcpuLimit), ...both },
  };
}

function checkVcpus(scope: IConstruct, what: string, vcpus: number): void {
  if (Token.isUnresolved(vcpus)) return;
  if (vcpus < VCPU_STEP || !Number.isInteger(vcpus / VCPU_STEP)) {
    throw fail(
      scope,
      `${what} must be a multiple of ${VCPU_STEP}, at least ${VCPU_STEP}, got ${vcpus}`,
      'job-eks-size',
    );
  }
}
