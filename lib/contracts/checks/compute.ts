import type { Check } from './check';

/** Is a compute environment one that AWS Batch creates, and on which instances can join? */
export const COMPUTE_CHECKS = {
  'compute-vcpus': {
    level: 'error',
    rule: 'minvCpus and maxvCpus are whole numbers, and minvCpus does not exceed maxvCpus',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html',
  },
  'compute-stack-tags': {
    level: 'warning',
    rule: 'a stack with compute environments, job queues or job definitions has no tags of its own, as a change replaces them',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-batch-computeenvironment.html#cfn-batch-computeenvironment-tags',
  },
  'compute-mixed-architecture': {
    level: 'error',
    rule: 'instances of a compute environment have one processor architecture; `optimal` is x86-64',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/instance-type-compute-table.html',
  },
  'compute-mixed-gpu': {
    level: 'error',
    rule: 'instances of a compute environment all have GPUs or none, as they start from one image; `optimal` has none',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_Ec2Configuration.html',
  },
  'compute-gpu-image': {
    level: 'error',
    rule: 'instances with GPUs start from an image with the driver of NVIDIA',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_Ec2Configuration.html',
  },
  'compute-instance-image': {
    level: 'error',
    rule: 'the images on Amazon Linux 2023 support the instances: all but A1, P2, P3, G2 and G3',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_Ec2Configuration.html',
  },
  'compute-accelerator-image': {
    level: 'warning',
    rule: 'accelerators that the images of AWS Batch have no driver for (AMD, AWS Inferentia, AWS Trainium, Qualcomm, GPUs beside Graviton) come with an image of your own',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/gpu-jobs.html',
  },
  'compute-unknown-instance-type': {
    level: 'warning',
    rule: 'instance types and families are known, so that it can be checked whether jobs fit',
    source: 'https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html',
  },
  'compute-physical-name': {
    level: 'warning',
    rule: 'a compute environment has no physical name, as CloudFormation cannot replace what has one',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html',
  },
  'compute-service-role': {
    level: 'warning',
    rule: 'AWS Batch acts by its service-linked role: with a role of your own it cannot replace instances in place',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/infrastructure-updates.html',
  },
  'compute-best-fit': {
    level: 'warning',
    rule: 'the allocation strategy is not BEST_FIT, with which AWS Batch cannot replace instances in place',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/infrastructure-updates.html',
  },
  'compute-spot-best-fit': {
    level: 'error',
    rule: 'Spot capacity is not chosen by BEST_FIT, which needs a Spot fleet role that may tag instances',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/spot_fleet_IAM_role.html',
  },
  'compute-fargate-update': {
    level: 'warning',
    rule: 'a compute environment on Fargate has no update policy and does not say whether it is replaced: AWS Batch refuses updates of it',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_UpdateComputeEnvironment.html',
  },
  'compute-instance-metadata': {
    level: 'warning',
    rule: 'instances tell about themselves, and give their role, against a session token (IMDSv2) and one hop far only: not to containers',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html',
  },
  'compute-volume-encryption': {
    level: 'warning',
    rule: 'the volumes of instances are encrypted by their launch template, whatever the account says',
    source: 'https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html',
  },
  'compute-subnets': {
    level: 'error',
    rule: 'a compute environment has at least one subnet, and at most 16 on Fargate',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html',
  },
  'compute-security-groups': {
    level: 'error',
    rule: 'a compute environment has 1 to 5 security groups',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html',
  },
  'compute-single-zone': {
    level: 'warning',
    rule: 'the subnets lie in more than one availability zone, unless instances are placed close to each other',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/best-practices.html',
  },
  'compute-endpoints': {
    level: 'warning',
    rule: 'subnets without a way to the internet have the VPC endpoints that this kind of compute environment needs',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/vpc-interface-endpoints.html',
  },
  'compute-public-addresses': {
    level: 'warning',
    rule: 'public subnets give instances public addresses, or have the VPC endpoints that instances need instead',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html',
  },
  'compute-root-volume': {
    level: 'error',
    rule: 'the root volume is one that gp3 allows: 30 to 65,536 GiB, 3,000 to 80,000 operations, 125 to 2,000 MiB a second',
    source: 'https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html',
  },
  'compute-update-timeout': {
    level: 'error',
    rule: 'jobs have 1 minute to 5 days to end when their instances are replaced',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_UpdatePolicy.html',
  },
  'compute-scale-down-delay': {
    level: 'error',
    rule: 'instances are kept for 20 minutes to 7 days after their last job',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeScalingPolicy.html',
  },
  'compute-scale-in': {
    level: 'error',
    rule: 'ECS Managed Instances are kept for up to an hour after their last job, or forever',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_InfrastructureOptimization.html',
  },
  'compute-spot-price': {
    level: 'error',
    rule: 'the highest Spot price is 1 to 100 % of the on-demand price',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html',
  },
  'compute-image-type': {
    level: 'error',
    rule: 'images of AWS Batch are on Amazon Linux 2023; those on Amazon Linux 2 ended on 30 June 2026',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/ecs-migration-2023.html',
  },
  'compute-user-data': {
    level: 'error',
    rule: 'user data is MIME multipart, or something that can become a part of it: a script, a boothook or cloud-config',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html',
  },
  'compute-launch-template-version': {
    level: 'warning',
    rule: 'a launch template is pinned by number: `$Default` and `$Latest` change without a difference in the template',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_LaunchTemplateSpecification.html',
  },
  'compute-launch-template-overrides': {
    level: 'error',
    rule: 'up to 10 launch template overrides name types or families of the compute environment, each of them once',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_LaunchTemplateSpecificationOverride.html',
  },
  'compute-efa': {
    level: 'error',
    rule: 'all instances have an Elastic Fabric Adapter where one is asked for',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/efa.html',
  },
  'compute-managed-instance-types': {
    level: 'error',
    rule: 'ECS Managed Instances are restricted by types and families, not by groups such as `optimal`',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_InstanceRequirementsRequest.html',
  },
  'compute-eks-namespace': {
    level: 'error',
    rule: 'the namespace of a compute environment on Amazon EKS is a DNS label, and neither `default` nor `kube-*`',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_EksConfiguration.html',
  },
  'compute-eks-node-access': {
    level: 'error',
    rule: 'a cluster that nodes join with a new role takes access entries: its authentication mode is not CONFIG_MAP',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html',
  },
  'compute-eks-strategy': {
    level: 'error',
    rule: 'a compute environment on Amazon EKS does not choose instances by BEST_FIT',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html',
  },
  'compute-eks-kubernetes-version': {
    level: 'error',
    rule: 'the version of Kubernetes of an image is major and minor version only',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/supported_kubernetes_version.html',
  },
} as const satisfies Record<string, Check>;
