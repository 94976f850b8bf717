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
    rule: 'a share identifier has 1 to 255 letters, digits, hyphens and underscores; one for all that begin so ends with *',
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
  'queue-capacity-limits': {
    level: 'error',
    rule: 'a service environment or quota share has 1 to 5 capacity limits: one for any instance type, or one for each',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html',
  },
  'queue-max-capacity': {
    level: 'error',
    rule: 'a capacity limit is a whole number, at least 1',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_CapacityLimit.html',
  },
  'queue-capacity-unit': {
    level: 'error',
    rule: 'capacity limits are for given instance types with quota shares, and for any instance type without',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_CapacityLimit.html',
  },
  'queue-quota-share-policy': {
    level: 'error',
    rule: 'the queue of a quota share has a scheduling policy of quota shares',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/create-quota-management-resources.html',
  },
  'queue-quota-share-type': {
    level: 'error',
    rule: 'a quota share has limits for instance types that the service environment of its queue has',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/sm_job_stuck_in_runnable_misconfiguration.html',
  },
  'queue-borrow-limit': {
    level: 'error',
    rule: 'the borrow limit of a quota share is a whole number of percent, not negative',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_QuotaShareResourceSharingConfiguration.html',
  },
  'queue-name': {
    level: 'error',
    rule: 'a name has 1 to 128 letters, digits, hyphens and underscores',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html',
  },
  'queue-physical-name': {
    level: 'warning',
    rule: 'a job queue or scheduling policy has no name of its own, as CloudFormation could not replace it then',
    source:
      'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-batch-jobqueue.html#cfn-batch-jobqueue-jobqueuename',
  },
} as const satisfies Record<string, Check>;
