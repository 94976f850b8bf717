import type { Check } from './check';

/** Can a platform be shared by those who hang on it? */
export const PLATFORM_CHECKS = {
  'platform-name': {
    level: 'error',
    rule: 'a platform, its queues, jobs and teams have names of up to 128 letters, digits, hyphens and underscores',
    source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html',
  },
  'platform-name-taken': {
    level: 'error',
    rule: 'platforms of one app have different names in an account and Region',
    source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html',
  },
  'platform-name-environment': {
    level: 'warning',
    rule: 'platforms of one app with one name are in stacks whose accounts or Regions are known to differ',
    source: 'https://docs.aws.amazon.com/cdk/v2/guide/environments.html',
  },
  'platform-descriptor': {
    level: 'error',
    rule: 'the descriptor of a platform that is looked up is one that this release reads',
  },
  'platform-descriptor-size': {
    level: 'error',
    rule: 'the descriptor of a platform fits into a standard parameter, which takes 4,096 bytes',
    source: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html',
  },
  'platform-queue-unknown': {
    level: 'error',
    rule: 'of a queue of an imported platform it is known what its jobs run on',
  },
  'platform-job-unknown': {
    level: 'error',
    rule: 'of a job of an imported platform it is known which queue it waits in',
  },
  'platform-team-unknown': {
    level: 'error',
    rule: 'a team of a platform that is looked up is one of its descriptor',
  },
  'platform-team-queue': {
    level: 'error',
    rule: 'the jobs of a team wait in queues with a scheduling policy',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/fair-share-scheduling.html',
  },
} as const satisfies Record<string, Check>;
