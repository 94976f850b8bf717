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
  'job-timeout-missing': {
    level: 'warning',
    rule: 'an attempt has a time-out: without one it runs, and is paid for, until somebody ends it',
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
  'job-name': {
    level: 'error',
    rule: 'the name of a job definition has at most 128 letters, digits, - and _, and starts with a letter or a digit',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html',
  },
  'job-physical-name': {
    level: 'warning',
    rule: 'a job definition has no name of its own: one with a name cannot be replaced, as a change of its tags wants',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-batch-jobdefinition.html',
  },
  'job-tags': {
    level: 'error',
    rule: 'a job definition has at most 50 tags, those of its jobs included; a key has 1 to 128 letters, digits, spaces and + - = . _ : / @, a value at most 256, and neither starts with `aws:`',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/tag-restrictions.html',
  },
  'job-size': {
    level: 'error',
    rule: 'a container on EC2 asks for whole vCPUs, whole MiB of memory, at least 4, and whole GPUs',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html',
  },
  'job-fargate-size': {
    level: 'error',
    rule: 'vCPUs and memory are a pair that Fargate offers',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/fargate.html',
  },
  'job-fargate-unsupported': {
    level: 'error',
    rule: 'a job on Fargate asks for nothing that only an instance has: privileges, GPUs, devices, ulimits, tmpfs, shared memory, swap, host volumes, namespaces',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/fargate.html',
  },
  'job-fargate-only': {
    level: 'error',
    rule: 'a job asks for a disk, a platform version or a public address of Fargate only there',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html',
  },
  'job-windows-unsupported': {
    level: 'error',
    rule: 'a container of Windows has no user, Linux parameters, ARM64 or Spot capacity',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/fargate.html',
  },
  'job-public-address': {
    level: 'warning',
    rule: 'a job on Fargate has a public address in public subnets',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_NetworkConfiguration.html',
  },
  'job-image-unreachable': {
    level: 'warning',
    rule: 'the image of a job in subnets without a way to the internet is in Amazon ECR of the same Region',
    source: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html',
  },
  'job-privileged-reason': {
    level: 'error',
    rule: 'a container that is privileged has a written reason',
    source: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-4',
  },
  'job-ephemeral-storage': {
    level: 'error',
    rule: 'the disk of a job on Fargate has 21 to 200 whole GiB',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EphemeralStorage.html',
  },
  'job-memory-size': {
    level: 'error',
    rule: 'tmpfs, shared memory and swap have whole MiB',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_LinuxParameters.html',
  },
  'job-root-user': {
    level: 'warning',
    rule: 'a container does not run as root',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html',
  },
  'job-private-address': {
    level: 'warning',
    rule: 'a job on Fargate has a private address only',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_NetworkConfiguration.html',
  },
  'job-swap': {
    level: 'error',
    rule: 'swappiness is 0 to 100, and there is swap space',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_LinuxParameters.html',
  },
  'job-environment-name': {
    level: 'error',
    rule: 'the name of a variable has no = or blanks, does not start with AWS_BATCH, is none that a submission sets, and is there once',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_KeyValuePair.html',
  },
  'job-plain-secret': {
    level: 'warning',
    rule: 'a secret is no plain value in the environment, where all who may describe the job read it',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/specifying-sensitive-data.html',
  },
  'job-parameter-default': {
    level: 'warning',
    rule: 'each Ref:: placeholder has a default, or is one that each submission gives',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html',
  },
  'job-shell-parameter': {
    level: 'warning',
    rule: 'no Ref:: placeholder is in the script of a shell, where its value could be any command; what the entry point of an image does is not seen',
  },
  'job-volume-name': {
    level: 'error',
    rule: 'the name of a volume has 1 to 255 letters, digits, - and _, and no other volume has it',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_Volume.html',
  },
  'job-mount-path': {
    level: 'error',
    rule: 'a volume is mounted at an absolute path, and no other one there',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_MountPoint.html',
  },
  'job-volume-port': {
    level: 'error',
    rule: 'the port of an encrypted connection is 0 to 65535',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EFSVolumeConfiguration.html',
  },
  'job-efs-root-directory': {
    level: 'error',
    rule: 'a volume of EFS has an access point or a root directory, not both',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EFSVolumeConfiguration.html',
  },
  'job-efs-encryption': {
    level: 'error',
    rule: 'a volume of EFS with an access point or with IAM authorization is encrypted on its way',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EFSVolumeConfiguration.html',
  },
  'job-efs-platform-version': {
    level: 'error',
    rule: 'a volume of EFS on Fargate has platform version 1.4.0 or later',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/efs-volumes.html',
  },
  'job-s3-files-ec2': {
    level: 'warning',
    rule: 'a volume of S3 Files is on Fargate or ECS Managed Instances',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/s3files-volumes.html',
  },
  'job-log-driver': {
    level: 'error',
    rule: 'the log driver on Fargate is awslogs, splunk or awsfirelens',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html',
  },
  'job-log-group': {
    level: 'warning',
    rule: 'a job names a log group of its own: `/aws/batch/job`, which it writes to otherwise, is shared and keeps all for ever',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/using_awslogs.html',
  },
  'job-firelens': {
    level: 'error',
    rule: 'a container that logs by FireLens has one other container of its task as its router',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html',
  },
  'job-execute-command': {
    level: 'error',
    rule: 'a container that ECS Exec opens has a file system that can be written to',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html',
  },
  'job-container-count': {
    level: 'error',
    rule: 'a task has 1 to 10 containers',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EcsTaskProperties.html',
  },
  'job-container-name': {
    level: 'error',
    rule: 'the name of a container has 1 to 255 letters, digits, - and _, and no other container has it',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_TaskContainerProperties.html',
  },
  'job-essential-container': {
    level: 'error',
    rule: 'at least one container of a task is essential',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_TaskContainerProperties.html',
  },
  'job-container-dependency': {
    level: 'error',
    rule: 'containers wait for others of the same task, not for each other, and only for the end of those that are not essential',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_TaskContainerDependency.html',
  },
  'job-container-timeout': {
    level: 'error',
    rule: 'a container has whole seconds to start and to stop, at least 2 and at most 120 on Fargate',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_TaskContainerProperties.html',
  },
  'job-node-groups': {
    level: 'error',
    rule: 'a multi-node parallel job has 1 to 5 groups of at least one node',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/mnp-node-groups.html',
  },
  'job-main-node': {
    level: 'error',
    rule: 'the main node is one of the nodes',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_NodeProperties.html',
  },
  'job-retry-attempts': {
    level: 'error',
    rule: 'a job has 1 to 10 attempts, and more than one when something is retried',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_RetryStrategy.html',
  },
  'job-retry-rules': {
    level: 'error',
    rule: 'a retry strategy has at most 5 rules, of which the last one says that the rest has failed',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_RetryStrategy.html',
  },
  'job-retry-pattern': {
    level: 'error',
    rule: 'a pattern of a retry rule has at most 512 letters, digits, points, colons and blanks, or digits for exit codes, and * only at its end',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EvaluateOnExit.html',
  },
  'job-consumable-count': {
    level: 'error',
    rule: 'a job takes at most 5 consumable resources',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/resource-aware-scheduling-how-to-for-jobs.html',
  },
  'job-consumable-quantity': {
    level: 'error',
    rule: 'a job takes a whole number of a consumable resource, at least 1',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/resource-aware-scheduling.html',
  },
} as const satisfies Record<string, Check>;
