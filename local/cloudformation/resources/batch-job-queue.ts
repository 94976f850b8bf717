import { AwsError } from '../../core/errors';
import { Reader } from '../../core/reader';
import { shortGeneratedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { until } from './patience';
import { camelCase, omit } from './shapes';

const statusOf = async (arn: string, context: ResourceContext): Promise<string> => {
  const output = await context.call('batch', 'DescribeJobQueues', { jobQueues: [arn] });
  const found = new Reader(output).records('jobQueues').at(0);
  if (found?.optionalText('status') === 'INVALID') {
    throw new AwsError('NotStabilized', found.optionalText('statusReason') ?? `${arn} is INVALID`);
  }
  return found?.text('status') ?? 'DELETED';
};

const valid = (arn: string, context: ResourceContext): Promise<void> =>
  until(`${arn} to be VALID`, async () => (await statusOf(arn, context)) === 'VALID');

export const batchJobQueue: ResourceType = {
  type: 'AWS::Batch::JobQueue',
  properties: [
    'ComputeEnvironmentOrder',
    'JobQueueName',
    'JobQueueType',
    'JobStateTimeLimitActions',
    'Priority',
    'SchedulingPolicyArn',
    'ServiceEnvironmentOrder',
    'State',
    'Tags',
  ],
  replacing: ['JobQueueName', 'JobQueueType', 'Tags'],
  create: async (properties, context) => {
    const output = await context.call('batch', 'CreateJobQueue', {
      ...camelCase(properties.values),
      jobQueueName: properties.optionalText('JobQueueName') ?? shortGeneratedName(context, 128),
    });
    const id = new Reader(output).text('jobQueueArn');
    await valid(id, context);
    return { id, attributes: { JobQueueArn: id } };
  },
  update: async (existing, properties, context) => {
    await context.call('batch', 'UpdateJobQueue', {
      ...camelCase(omit(properties.values, ['JobQueueName', 'JobQueueType', 'Tags'])),
      jobQueue: existing.id,
    });
    await valid(existing.id, context);
    return existing;
  },
  delete: async ({ id }, context) => {
    await context.call('batch', 'UpdateJobQueue', { jobQueue: id, state: 'DISABLED' });
    await until(`${id} to be DISABLED`, async () => (await statusOf(id, context)) !== 'UPDATING');
    await context.call('batch', 'DeleteJobQueue', { jobQueue: id });
    await until(`${id} to be gone`, async () => (await statusOf(id, context)) === 'DELETED');
  },
};
