import type { Ask } from '../core/authorizer';
import type { Call } from '../core/service';
import type { World } from '../core/world';
import { queueArn } from './needs/messages';
import { type Need, recordIn, textIn } from './needs/need';
import { attributeOf } from './resource-policy';

const READ = ['kms:Decrypt'];
const SEND = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** What each operation does with the key of its resource; S3 asks by itself, for the key of each object. */
const ACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['sqs:SendMessage', SEND],
  ['sqs:SendMessageBatch', SEND],
  ['sqs:ReceiveMessage', READ],
  ['sns:Publish', SEND],
  ['sns:PublishBatch', SEND],
]);

interface KeyUse {
  readonly key: string | undefined;
  /** The encryption context that the service sets. */
  readonly about: Readonly<Record<string, string>>;
}

const keyUse = async ({ service, input }: Call, world: World, ask: Ask): Promise<KeyUse> => {
  if (service === 'sqs') {
    const arn = queueArn(world, textIn(input, 'QueueUrl'));
    const values = { QueueUrl: arn, AttributeNames: ['KmsMasterKeyId'] };
    const key = await attributeOf(ask, 'sqs', 'GetQueueAttributes', values, 'KmsMasterKeyId');
    return { key, about: { 'kms:EncryptionContext:aws:sqs:arn': arn } };
  }
  const TopicArn = textIn(input, 'TopicArn');
  const key = await attributeOf(ask, 'sns', 'GetTopicAttributes', { TopicArn }, 'KmsMasterKeyId');
  return { key, about: { 'kms:EncryptionContext:aws:sns:topicArn': TopicArn } };
};

/** The ARN of a key by whatever names it; undefined for a key of AWS, whose policy lets the whole account in. */
export const keyArnOf = async (key: string, ask: Ask): Promise<string | undefined> => {
  if (/(^|[:/])alias\/aws\//.test(key)) return undefined;
  return textIn(recordIn(await ask('kms', 'DescribeKey', { KeyId: key }), 'KeyMetadata'), 'Arn') || undefined;
};

/** What a call takes of the customer's key that its resource is encrypted with. */
export const keyNeedsOf = async (call: Call, world: World, ask: Ask): Promise<readonly Need[]> => {
  const actions = ACTIONS.get(`${call.service}:${call.operation}`);
  if (actions === undefined) return [];
  try {
    const { key, about } = await keyUse(call, world, ask);
    const arn = key === undefined ? undefined : await keyArnOf(key, ask);
    if (arn === undefined) return [];
    const context = { ...about, 'kms:ViaService': `${call.service}.${world.region}.amazonaws.com` };
    return actions.map((action) => ({ action, resources: [arn], context }));
  } catch {
    // What does not exist is refused by its own service.
    return [];
  }
};
