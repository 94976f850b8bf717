import type { Check } from './check';

/** Is a job definition one that AWS Batch registers, and whose jobs start? */
export const JOB_CHECKS = {
  'job-definition-size': {
    level: 'error',
    rule: 'a job definition has at most 24 KiB as JSON',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html',
  },
  'job-timeout': {
    level: 'error',
    rule: 'an attempt has at least 60 seconds',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html',
  },
  'job-scheduling-priority': {
    level: 'error',
    rule: 'the scheduling priority of a job is a whole number from 0 to 9999',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html',
  },
  'job-eks-namespace': {
    level: 'error',
    rule: 'pods are in a namespace of their own: neither `default` nor `kube-*`',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EksMetadata.html',
  },
  'job-eks-names': {
    level: 'error',
    rule: 'containers and volumes of a pod have names that are DNS labels; secrets, claims and service accounts have DNS names',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EksVolume.html',
  },
  'job-eks-duplicate-name': {
    level: 'error',
    rule: 'containers of a pod have different names, and so have its volumes',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainer.html',
  },
  'job-eks-container-count': {
    level: 'error',
    rule: 'a pod has 1 to 10 containers, and at most 10 that run before them',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EksPodProperties.html',
  },
  'job-eks-size': {
    level: 'error',
    rule: 'a container of a pod has vCPUs in steps of 0.25, at least 4 MiB of memory, whole GPUs, and a vCPU limit of at least its vCPUs',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/memory-cpu-batch-eks.html',
  },
  'job-eks-mount': {
    level: 'error',
    rule: 'a container mounts volumes at different absolute paths without `:`, by a path inside of the volume',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerVolumeMount.html',
  },
  'job-eks-metadata': {
    level: 'error',
    rule: 'labels and annotations have the form that Kubernetes wants, and keys that AWS Batch does not keep for itself',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EksMetadata.html',
  },
  'job-eks-security-context': {
    level: 'error',
    rule: 'a container of a pod runs as a user id from 0 to 2147483647, and is not privileged without privilege escalation',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainerSecurityContext.html',
  },
  'job-eks-service-account': {
    level: 'error',
    rule: 'a pod is in the namespace of its service account',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-configuration.html',
  },
  'job-eks-unknown-role': {
    level: 'warning',
    rule: 'a job on Amazon EKS that is granted something has a service account whose role is known',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
  },
  'job-eks-image': {
    level: 'error',
    rule: 'nodes sign in to private registries by secrets of Kubernetes, not of Secrets Manager',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EksPodProperties.html',
  },
} as const satisfies Record<string, Check>;
