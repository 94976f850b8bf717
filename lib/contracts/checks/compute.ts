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
} as const satisfies Record<string, Check>;
