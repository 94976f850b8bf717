import type { Check } from './check';

/** Can a state machine or an event submit what it is told to? */
export const PIPELINE_CHECKS = {
  'pipeline-timeout': {
    level: 'error',
    rule: 'the time-out of a state is not shorter than that of one attempt',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html',
  },
} as const satisfies Record<string, Check>;
