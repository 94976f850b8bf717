import { camelCase } from '../../core/letter-case';
import { Reader } from '../../core/reader';
import { shortGeneratedName } from '../types/names';
import type { ResourceType } from '../types/resource-type';
import { disableAndDelete, untilValid } from './batch-status';
import { omit } from './shapes';

export const batchJobQueue: ResourceType = {
  type: 'AWS::Batch::JobQueue',
  create: async (properties, context) => {
    const output = await context.call('batch', 'CreateJobQueue', {
      ...camelCase(properties.values),
      jobQueueName: properties.optionalText('JobQueueName') ?? shortGeneratedName(context, 128),
    });
    const id = new Reader(output).text('jobQueueArn');
    await untilValid('JobQueue', id, context);
    return { id, attributes: { JobQueueArn: id } };
  },
  update: async (existing, properties, context) => {
    await context.call('batch', 'UpdateJobQueue', {
      ...camelCase(omit(properties.values, ['JobQueueName', 'JobQueueType', 'Tags'])),
      jobQueue: existing.id,
    });
    await untilValid('JobQueue', existing.id, context);
    return existing;
  },
  delete: ({ id }, context) => disableAndDelete('JobQueue', id, context),
};
