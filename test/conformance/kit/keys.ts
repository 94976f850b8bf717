import { CreateKeyCommand, PutKeyPolicyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import type { Statements } from './acting';
import type { Target } from './target';

/** A key that the policies of roles decide on, and what further statements of its own policy say. */
export const makeKey = async ({ clients: { kms }, account, cleanup }: Target) => {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.Arn ?? '';
  cleanup(() => kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 })));
  const own = { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' };
  const admit = (...statements: Statements) => {
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [own, ...statements] });
    return kms.send(new PutKeyPolicyCommand({ KeyId, Policy }));
  };
  return { arn: KeyId, admit };
};
