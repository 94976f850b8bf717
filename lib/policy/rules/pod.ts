import { isCount, isMemory } from '../../contracts/rules/job';
import {
  isKeyOfAwsBatch,
  isLabel,
  isLabelValue,
  isMetadataKey,
  isMountPath,
  isPodVcpus,
  isReservedNamespace,
  isSubdomain,
  isSubPath,
  MAX_ANNOTATION,
  MAX_POD_CONTAINERS,
  POSIX_ID,
} from '../../contracts/rules/kubernetes';
import { quantityOf, type Reserved, reservedBy } from '../model/pod-size';
import { type Pod, podsOf } from '../model/job-definition';
import { counted, distinct, type Finding, given, matching, rulesOf, type TemplateRule, unless, within } from '../rule';
import type { Value } from '../template/template';

const rule = rulesOf(podsOf);
const container = rulesOf((template) => podsOf(template).flatMap(allOf));

const allOf = ({ initContainers, containers }: Pod): Value[] => [...initContainers, ...containers];

/** Does Kubernetes take the pod of a job? @internal */
export const POD_RULES: readonly TemplateRule[] = [
  rule('job-eks-namespace', 'create a namespace for jobs and name it', ({ properties }) => [
    matching(properties.at('Metadata', 'Namespace'), (name) => isLabel(name) && !isReservedNamespace(name)),
  ]),
  rule('job-eks-names', 'use lower-case letters, digits and hyphens', names),
  rule('job-eks-duplicate-name', 'give each a name of its own', (pod) => [
    ...distinct(allOf(pod).map((one) => one.at('Name'))),
    ...distinct(volumesOf(pod).map((volume) => volume.at('Name'))),
  ]),
  rule('job-eks-container-count', `have 1 to ${MAX_POD_CONTAINERS} containers`, ({ properties }) => [
    counted(properties.at('Containers'), [1, MAX_POD_CONTAINERS]),
    counted(properties.at('InitContainers'), [0, MAX_POD_CONTAINERS]),
  ]),
  container('job-eks-size', 'ask for vCPUs in steps of 0.25, at least 4 MiB, and whole GPUs', sizes),
  container('job-eks-mount', 'mount each volume at an absolute path of its own', (one) => {
    const mounts = one.at('VolumeMounts').items ?? [];
    const paths = mounts.map((mount) => mount.at('MountPath'));
    return [
      ...paths.map((path) => matching(path, isMountPath)),
      ...mounts.map((mount) => matching(mount.at('SubPath'), isSubPath)),
      ...distinct(paths),
    ];
  }),
  rule('job-eks-metadata', 'use keys and values as Kubernetes wants them', metadata),
  container('job-eks-security-context', 'name a user id, and leave Privileged out', securityContext),
  container('job-root-user', 'name another user', (one) => {
    const [user, nonRoot] = [one.at('SecurityContext', 'RunAsUser'), one.at('SecurityContext', 'RunAsNonRoot')];
    return [unless(user.number !== 0, user), unless(user.number !== undefined || nonRoot.flag !== false, nonRoot)];
  }),
];

const volumesOf = ({ properties }: Pod): readonly Value[] => properties.at('Volumes').items ?? [];

function names(pod: Pod): (Finding | undefined)[] {
  const labels = [...allOf(pod), ...volumesOf(pod)].map((one) => one.at('Name'));
  const subdomains = [
    pod.properties.at('ServiceAccountName'),
    ...(pod.properties.at('ImagePullSecrets').items ?? []).map((secret) => secret.at('Name')),
    ...volumesOf(pod).flatMap((volume) => [
      volume.at('Secret', 'SecretName'),
      volume.at('PersistentVolumeClaim', 'ClaimName'),
    ]),
  ];
  return [...labels.map((name) => matching(name, isLabel)), ...subdomains.map((name) => matching(name, isSubdomain))];
}

function* sizes(one: Value): Iterable<Finding | undefined> {
  const isAllowed = { cpu: isPodVcpus, memory: isMemory, 'nvidia.com/gpu': isCount };
  for (const kind of ['cpu', 'memory', 'nvidia.com/gpu'] as const) {
    for (const at of reservedBy(one, kind)) {
      const quantity = quantityOf(at, kind);
      if (quantity !== undefined) yield unless(isAllowed[kind](quantity), at);
    }
  }
  const [limit, request] = ['Limits', 'Requests'].map((list) => one.at('Resources', list, 'cpu' satisfies Reserved));
  if (limit.number !== undefined && request.number !== undefined) {
    yield unless(limit.number >= request.number, limit, `and ${request.shown}`);
  }
}

function* metadata({ properties }: Pod): Iterable<Finding | undefined> {
  const [labels, annotations] = ['Labels', 'Annotations'].map((kind) => properties.at('Metadata', kind));
  for (const [key, value] of [...labels.fields, ...annotations.fields]) {
    yield unless(!isKeyOfAwsBatch(key) && isMetadataKey(key), value);
  }
  for (const [, value] of labels.fields) yield matching(value, isLabelValue);
  for (const [, value] of annotations.fields) yield matching(value, (text) => text.length <= MAX_ANNOTATION);
}

function* securityContext(one: Value): Iterable<Finding | undefined> {
  const context = one.at('SecurityContext');
  yield within(context.at('RunAsUser'), POSIX_ID);
  yield within(context.at('RunAsGroup'), POSIX_ID);
  const escalation = context.at('AllowPrivilegeEscalation');
  if (context.at('Privileged').flag === true && escalation.flag === false) yield given(escalation, 'beside Privileged');
}
