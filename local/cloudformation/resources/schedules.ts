import { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { omit, pick } from './shapes';

const SETTINGS = [
  ...['Description', 'EndDate', 'FlexibleTimeWindow', 'GroupName', 'ScheduleExpression'],
  ...['ScheduleExpressionTimezone', 'StartDate', 'State', 'Target'],
];

const put = async (operation: string, Name: string, properties: Reader, context: ResourceContext) => {
  const output = await context.call('scheduler', operation, { ...pick(properties, SETTINGS), Name });
  return { id: Name, attributes: { Arn: new Reader(output).text('ScheduleArn') } };
};

const schedule: ResourceType = {
  type: 'AWS::Scheduler::Schedule',
  properties: [...SETTINGS, 'KmsKeyArn', 'Name'],
  create: (properties, context) =>
    put('CreateSchedule', properties.optionalText('Name') ?? generatedName(context, 64), properties, context),
  update: ({ id }, properties, context) => put('UpdateSchedule', id, properties, context),
  delete: async ({ id, properties }, context) => {
    await context.call('scheduler', 'DeleteSchedule', { Name: id, ...pick(properties, ['GroupName']) });
  },
};

const group: ResourceType = {
  type: 'AWS::Scheduler::ScheduleGroup',
  properties: ['Name', 'Tags'],
  create: async (properties, context) => {
    const Name = properties.optionalText('Name') ?? generatedName(context, 64);
    const output = await context.call('scheduler', 'CreateScheduleGroup', {
      ...omit(properties.values, ['Name', 'Tags']),
      Name,
    });
    return { id: Name, attributes: { Arn: new Reader(output).text('ScheduleGroupArn'), Name } };
  },
  update: (existing) => Promise.resolve(existing),
  delete: async ({ id }, context) => {
    await context.call('scheduler', 'DeleteScheduleGroup', { Name: id });
  },
};

/** Schedules and their groups. */
export const scheduleTypes: readonly ResourceType[] = [schedule, group];
