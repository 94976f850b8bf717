import type { Check } from './check';

/** Is a job queue one that AWS Batch creates, and that serves its jobs? */
export const QUEUE_CHECKS = {
  'queue-compute-count': {
    level: 'error',
    rule: 'a job queue has 1 to 3 compute environments',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html',
  },
  'queue-priority': {
    level: 'error',
    rule: 'the priority of a job queue is a whole number from 0 to 1000',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_queue_parameters.html',
  },
} as const satisfies Record<string, Check>;
