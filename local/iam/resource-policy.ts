import type { Ask } from '../core/authorizer';
import type { Input, Output } from '../core/service';
import { textIn } from './needs/need';

/** The text of a resource's policy. */
type Find = (resource: string, ask: Ask) => Promise<string | undefined>;

const attribute = (output: Output, name: string): string | undefined => {
  const attributes = output.Attributes;
  const value: unknown =
    typeof attributes === 'object' && attributes !== null
      ? Object.entries(attributes).find(([key]) => key === name)?.[1]
      : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const policyIn = (output: Output): string | undefined => textIn(output, 'Policy') || undefined;

/** All resource policies of CloudWatch Logs count, whatever they are called. */
const logsPolicy = (output: Output): string | undefined => {
  const policies: readonly unknown[] = Array.isArray(output.resourcePolicies) ? output.resourcePolicies : [];
  const statements = policies.flatMap((each): readonly unknown[] => {
    const document =
      typeof each === 'object' && each !== null && 'policyDocument' in each ? each.policyDocument : undefined;
    const parsed: unknown = typeof document === 'string' ? JSON.parse(document) : undefined;
    const found: unknown =
      typeof parsed === 'object' && parsed !== null && 'Statement' in parsed ? parsed.Statement : [];
    return Array.isArray(found) ? found : [found];
  });
  return statements.length === 0 ? undefined : JSON.stringify({ Statement: statements });
};

const FINDERS: ReadonlyMap<string, Find> = new Map<string, Find>([
  [
    's3',
    async (resource, ask) => {
      const Bucket = resource.replace(/^arn:[^:]*:s3:::/, '').replace(/\/.*$/s, '');
      return policyIn(await ask('s3', 'GetBucketPolicy', { Bucket }));
    },
  ],
  [
    'sqs',
    async (resource, ask) =>
      attribute(await ask('sqs', 'GetQueueAttributes', { QueueUrl: resource, AttributeNames: ['Policy'] }), 'Policy'),
  ],
  ['sns', async (resource, ask) => attribute(await ask('sns', 'GetTopicAttributes', { TopicArn: resource }), 'Policy')],
  ['lambda', async (resource, ask) => policyIn(await ask('lambda', 'GetPolicy', { FunctionName: resource }))],
  [
    'dynamodb',
    async (resource, ask) =>
      policyIn(await ask('dynamodb', 'GetResourcePolicy', { ResourceArn: resource.replace(/\/index\/.*$/, '') })),
  ],
  ['logs', async (_, ask) => logsPolicy(await ask('logs', 'DescribeResourcePolicies', {}))],
  [
    'kms',
    async (resource, ask) => policyIn(await ask('kms', 'GetKeyPolicy', { KeyId: resource, PolicyName: 'default' })),
  ],
]);

/** The policy of the resource that an action is about; undefined when it has none, or does not exist. */
export const resourcePolicyOf = async (action: string, resource: string, ask: Ask): Promise<string | undefined> => {
  try {
    return await FINDERS.get(action.slice(0, action.indexOf(':')))?.(resource, ask);
  } catch {
    return undefined;
  }
};

/** One attribute of a queue or topic. */
export const attributeOf = async (
  ask: Ask,
  service: string,
  operation: string,
  input: Input,
  name: string,
): Promise<string | undefined> => attribute(await ask(service, operation, input), name);
