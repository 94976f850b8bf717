import type { Check } from './check';

/** Can a job ever be placed on its queue? */
export const FIT_CHECKS = {
  'fit-platform': {
    level: 'error',
    rule: 'a job definition runs on what its queue offers: EC2, Fargate, ECS Managed Instances or EKS',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/compute_environments.html',
  },
} as const satisfies Record<string, Check>;
