import type { Range } from './range';

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
export const MAX_LABEL = 63;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
export const MAX_SUBDOMAIN = 253;

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_EksMetadata.html */
const METADATA_NAME = /^[a-zA-Z0-9]([-_.a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
export const MAX_ANNOTATION = 255;
/** What AWS Batch marks pods and nodes with (https://docs.aws.amazon.com/batch/latest/userguide/eks-launch-templates.html). */
const OF_AWS_BATCH = /^([^/]+\.)?batch\.amazonaws\.com\//;

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_EksPodProperties.html */
export const MAX_POD_CONTAINERS = 10;

/** Ids of users and groups. */
export const POSIX_ID: Range = [0, 2_147_483_647];

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerResourceRequirements.html */
export const VCPU_STEP = 0.25;

/** Whether Kubernetes takes a name inside of a pod. */
export const isLabel = (name: string): boolean => name.length <= MAX_LABEL && LABEL.test(name);

/** Whether Kubernetes takes a name of an object, or the prefix of a key. */
export const isSubdomain = (name: string): boolean => name.length <= MAX_SUBDOMAIN && SUBDOMAIN.test(name);

/** Namespaces that AWS Batch does not put pods into. */
export const isReservedNamespace = (name: string): boolean => name === 'default' || name.startsWith('kube-');

/** Whether a key of a label or an annotation is one that AWS Batch keeps for itself. */
export const isKeyOfAwsBatch = (key: string): boolean => OF_AWS_BATCH.test(key);

/** Whether Kubernetes takes a key of a label or an annotation. */
export function isMetadataKey(key: string): boolean {
  const slash = key.indexOf('/');
  const hasGoodPrefix = slash < 0 || isSubdomain(key.slice(0, slash));
  return hasGoodPrefix && METADATA_NAME.test(key.slice(slash + 1));
}

/** Whether Kubernetes takes a value of a label. */
export const isLabelValue = (value: string): boolean => value === '' || METADATA_NAME.test(value);

/** Whether a container of a pod can have so many vCPUs. */
export const isPodVcpus = (vcpus: number): boolean => vcpus >= VCPU_STEP && Number.isInteger(vcpus / VCPU_STEP);

/** Whether a container of a pod can mount a volume there. */
export const isMountPath = (path: string): boolean => /^\/[^:]*$/.test(path);

/** Whether a path is one inside of a volume. */
export const isSubPath = (path: string): boolean =>
  path !== '' && !path.startsWith('/') && !path.split('/').includes('..');
