import type { Check } from './check';

/** Whether services may use the key that encrypts what they keep. */
export const KEY_CHECKS = {
  'key-policy': {
    level: 'warning',
    rule: 'the policy of an imported key has the statements that the services need; the warning says which',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html',
  },
} as const satisfies Record<string, Check>;
