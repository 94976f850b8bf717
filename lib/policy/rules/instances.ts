import { adapterProblems } from '../../compute/ec2/adapter-check';
import { instanceProblems, unknownInstances } from '../../compute/instances/instance-check';
import type { CheckId } from '../../contracts/checks';
import { isGroup } from '../../contracts/instances/known-instances';
import { isMime, isOnAmazonLinux2, isPinned, MAX_OVERRIDES, overlap, ROOT_VOLUME } from '../../contracts/rules/compute';
import { isWithin } from '../../contracts/rules/range';
import type { Problem } from '../../private/check';
import { type ComputeEnvironment, computeEnvironmentsOf, typesOf } from '../model/compute-environment';
import { type LaunchTemplateUse, launchTemplatesOf, usedLaunchTemplates } from '../model/launch-template';
import { counted, type Finding, given, matching, rulesOf, type TemplateRule, unless, within } from '../rule';
import type { Value } from '../template/template';

const rule = rulesOf(computeEnvironmentsOf);
const launchTemplateRule = rulesOf(usedLaunchTemplates);

/** Can instances start from their image and launch template, and do they keep what is theirs? @internal */
export const INSTANCE_RULES: readonly TemplateRule[] = [
  sharedRule('compute-mixed-architecture', 'use a compute environment for each architecture, and a queue for each'),
  sharedRule('compute-mixed-gpu', 'use a compute environment for each; leave `optimal` out beside GPUs'),
  sharedRule('compute-gpu-image', 'use image type ECS_AL2023_NVIDIA or EKS_AL2023_NVIDIA'),
  sharedRule('compute-instance-image', 'use a newer family, or an image of your own'),
  sharedRule('compute-accelerator-image', 'give an image of your own that has a driver'),
  sharedRule('compute-unknown-instance-type', 'check the spelling'),
  rule('compute-image-type', 'use ECS_AL2023 or EKS_AL2023, or an image of your own', ({ resources }) =>
    images(resources).map((image) =>
      image.at('ImageIdOverride').isAbsent
        ? matching(image.at('ImageType'), (type) => !isOnAmazonLinux2(type))
        : undefined,
    ),
  ),
  rule('compute-managed-instance-types', 'name types or families, or leave them out for any', ({ resources }) =>
    resources.at('ManagedInstancesProvider').isAbsent
      ? []
      : (typesOf(resources).items ?? []).map((name) => matching(name, (text) => !isGroup(text))),
  ),
  rule('compute-launch-template-overrides', 'name each type or family of InstanceTypes in one override', overrides),
  rule('compute-instance-metadata', "set HttpTokens to 'required' and HttpPutResponseHopLimit to 1", metadata),
  rule('compute-volume-encryption', 'map /dev/xvda with Encrypted: true', encryption),
  rule('compute-efa', 'name types that have an adapter', efa),
  launchTemplateRule('compute-launch-template-version', 'refer to LatestVersionNumber by Fn::GetAtt', version),
  launchTemplateRule('compute-user-data', 'write MIME multipart', userData),
  launchTemplateRule('compute-root-volume', 'keep to what gp3 allows', rootVolume),
];

/** A rule that the constructs apply as well. */
function sharedRule(check: CheckId, fix: string): TemplateRule {
  return rule(check, fix, (environment) => {
    const at = typesOf(environment.resources);
    return problemsOf(environment)
      .filter((problem) => problem.check === check)
      .map(({ message }) => ({ at, message }));
  });
}

function problemsOf(environment: ComputeEnvironment): Problem[] {
  const { instances, resources, hasInstances } = environment;
  if (instances === undefined) return [];
  const property = typesOf(resources).name;
  if (!hasInstances) return [...unknownInstances(instances, property)];
  const all = images(resources);
  const isOwn =
    !resources.at('ImageId').isAbsent ||
    resources.at('Ec2Configuration').items === undefined ||
    all.some((image) => !image.at('ImageIdOverride').isAbsent || image.at('ImageType').text === undefined) ||
    launchTemplatesOf(environment).some(({ data }) => data?.at('ImageId').isAbsent === false);
  const imageType = all.length === 0 ? undefined : all.map((image) => image.at('ImageType').text).join(', ');
  return [...instanceProblems(instances, { imageType, isOwn }, property)];
}

const images = (resources: Value): readonly Value[] => resources.at('Ec2Configuration').items ?? [];

function* overrides({ resources, isClosed }: ComputeEnvironment): Iterable<Finding | undefined> {
  const all = resources.at('LaunchTemplate', 'Overrides');
  yield counted(all, [0, MAX_OVERRIDES]);
  const targets = (all.items ?? []).flatMap((one) => one.at('TargetInstanceTypes').items ?? []);
  const offered = resources.at('InstanceTypes').texts;
  for (const [index, target] of targets.entries()) {
    const name = target.text;
    if (name === undefined) continue;
    const isOffered = !isClosed || offered.some((one) => isGroup(one) || overlap(one, name));
    const isNew = targets.slice(0, index).every(({ text }) => text === undefined || !overlap(text, name));
    yield unless(!isGroup(name) && isOffered && isNew, target);
  }
}

/** Without a launch template the image says how far instances answer, and AWS has that at two hops. */
function* metadata(environment: ComputeEnvironment): Iterable<Finding | undefined> {
  yield withoutLaunchTemplate(environment);
  for (const { data } of launchTemplatesOf(environment)) {
    const options = data?.at('MetadataOptions');
    if (options === undefined || options.at('HttpEndpoint').text === 'disabled') continue;
    const [tokens, hops] = [options.at('HttpTokens'), options.at('HttpPutResponseHopLimit')];
    yield tokens.isAbsent ? given(tokens) : matching(tokens, (text) => text === 'required');
    yield hops.isAbsent ? given(hops) : within(hops, [1, 1]);
  }
}

function* encryption(environment: ComputeEnvironment): Iterable<Finding | undefined> {
  yield withoutLaunchTemplate(environment);
  for (const { data } of launchTemplatesOf(environment)) {
    const mappings = data?.at('BlockDeviceMappings');
    if (mappings?.isAbsent === true) yield given(mappings);
    for (const mapping of mappings?.items ?? []) {
      const encrypted = mapping.at('Ebs', 'Encrypted');
      if (mapping.at('Ebs').isAbsent) continue;
      yield encrypted.isAbsent ? given(encrypted) : unless(encrypted.flag, encrypted);
    }
  }
}

const withoutLaunchTemplate = ({ hasInstances, resources }: ComputeEnvironment): Finding | undefined => {
  const template = resources.at('LaunchTemplate');
  return hasInstances && template.isAbsent ? given(template) : undefined;
};

function* efa(environment: ComputeEnvironment): Iterable<Finding> {
  const interfaces = launchTemplatesOf(environment).flatMap(({ data }) => data?.at('NetworkInterfaces').items ?? []);
  if (environment.instances === undefined || !interfaces.some((one) => one.at('InterfaceType').text === 'efa')) return;
  const at = environment.resources.at('InstanceTypes');
  for (const { message } of adapterProblems(environment.instances, at.name)) yield { at, message };
}

/** Without a version it is the default one, which is the first one for ever. */
function* version({ specification }: LaunchTemplateUse): Iterable<Finding | undefined> {
  const value = specification.at('Version');
  yield value.isAbsent ? given(value) : matching(value, isPinned);
}

function* userData({ data }: LaunchTemplateUse): Iterable<Finding> {
  const value = data?.at('UserData');
  if (value === undefined || value.isAbsent) return;
  const plain = value.at('Fn::Base64').beginning;
  const text = plain ?? (value.text === undefined ? undefined : Buffer.from(value.text, 'base64').toString());
  if (text !== undefined && text !== '' && !isMime(text.trimStart())) {
    yield { at: value, message: `${value.name} begins with ${JSON.stringify(text.slice(0, 40))}` };
  }
}

function* rootVolume({ data }: LaunchTemplateUse): Iterable<Finding | undefined> {
  for (const mapping of data?.at('BlockDeviceMappings').items ?? []) {
    const ebs = mapping.at('Ebs');
    const [size, iops, throughput] = [ebs.at('VolumeSize'), ebs.at('Iops'), ebs.at('Throughput')];
    if (mapping.at('DeviceName').text === '/dev/xvda') yield within(size, ROOT_VOLUME.gibibytes);
    if (ebs.at('VolumeType').text !== 'gp3') continue;
    yield within(iops, ROOT_VOLUME.iops);
    yield within(throughput, ROOT_VOLUME.throughput);
    const operations = iops.isAbsent ? ROOT_VOLUME.iops[0] : iops.number;
    if (operations === undefined) continue;
    const most = size.number === undefined ? Infinity : size.number * ROOT_VOLUME.iopsPerGibibyte;
    yield unless(isWithin(operations, [0, most]), iops, `and ${size.shown}`);
    const needed = (throughput.number ?? 0) * ROOT_VOLUME.iopsPerMebibyte;
    yield unless(needed <= operations, throughput, `and Iops ${operations}`);
  }
}
