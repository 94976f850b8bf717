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
} as const satisfies Record<string, Check>;
