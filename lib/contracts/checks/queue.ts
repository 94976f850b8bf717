import type { Check } from './check';

/** Is a job queue one that AWS Batch creates, and that serves its jobs? */
export const QUEUE_CHECKS = {
  'queue-compute-count': {
    level: 'error',
    rule: 'a job queue has 1 to 3 compute environments',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html',
  },
  'queue-duplicate-compute': {
    level: 'error',
    rule: 'the compute environments of a job queue differ, as each has one place in their order',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeEnvironmentOrder.html',
  },
  'queue-compute-kind': {
    level: 'error',
    rule: 'the compute environments of a job queue are of one kind: EC2, Fargate, ECS Managed Instances or EKS',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html',
  },
  'queue-architecture': {
    level: 'error',
    rule: 'the compute environments of a job queue have one processor architecture',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html',
  },
  'queue-priority': {
    level: 'error',
    rule: 'the priority of a job queue is a whole number from 0 to 1000',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_queue_parameters.html',
  },
  'queue-time-limit': {
    level: 'error',
    rule: 'a job state time limit is whole seconds, from 600 (10 minutes) to 86,400 (24 hours)',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_JobStateTimeLimitAction.html',
  },
  'queue-scheduling-policy': {
    level: 'error',
    rule: 'a queue of jobs in containers has no policy of quota shares: only queues of training jobs have one',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/quota-management.html',
  },
  'queue-share-count': {
    level: 'error',
    rule: 'a fair-share policy lists at most 500 shares, as many as a queue serves at a time',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ShareAttributes.html',
  },
  'queue-share-identifier': {
    level: 'error',
    rule: 'a share identifier has 1 to 255 letters and digits; one that stands for all that begin so ends with *',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ShareAttributes.html',
  },
  'queue-share-collision': {
    level: 'error',
    rule: 'no share of a fair-share policy contains another, such as team* and teamA',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ShareAttributes.html',
  },
  'queue-share-weight': {
    level: 'error',
    rule: 'the weight factor of a share is a number from 0.0001 to 999.9999',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_ShareAttributes.html',
  },
  'queue-share-decay': {
    level: 'error',
    rule: 'the share decay of a fair-share policy is whole seconds, at most 604,800 (7 days)',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_FairsharePolicy.html',
  },
  'queue-compute-reservation': {
    level: 'error',
    rule: 'the compute reservation of a fair-share policy is a whole number from 0 to 99',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_FairsharePolicy.html',
  },
  'queue-name': {
    level: 'error',
    rule: 'a name has 1 to 128 letters, digits, hyphens and underscores, and starts with a letter or digit',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html',
  },
  'queue-physical-name': {
    level: 'warning',
    rule: 'a job queue or scheduling policy has no name of its own, as CloudFormation could not replace it then',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-batch-jobqueue.html#cfn-batch-jobqueue-jobqueuename',
  },
} as const satisfies Record<string, Check>;
