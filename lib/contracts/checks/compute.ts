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
} as const satisfies Record<string, Check>;
