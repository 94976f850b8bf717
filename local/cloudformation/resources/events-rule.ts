import { AwsError } from '../../core/errors';
import { Reader } from '../../core/reader';
import { generatedName } from '../types/names';
import type { ResourceContext, ResourceType } from '../types/resource-type';
import { orElse } from './patience';
import { documentText, pick, updateTags } from './shapes';

/** The default bus is left out: its rules have the plain name as their id. */
const busOf = (properties: Reader): { EventBusName?: string } => {
  const name = properties.optionalText('EventBusName');
  return name === undefined || name === 'default' ? {} : { EventBusName: name };
};

const refuseFailed = (output: Readonly<Record<string, unknown>>): void => {
  const failed = new Reader(output).records('FailedEntries').at(0);
  if (failed === undefined) return;
  throw new AwsError(failed.optionalText('ErrorCode') ?? 'InternalFailure', failed.optionalText('ErrorMessage') ?? '');
};

const putRule = async (name: string, properties: Reader, context: ResourceContext): Promise<string> => {
  const output = await context.call('events', 'PutRule', {
    ...pick(properties, ['Description', 'RoleArn', 'ScheduleExpression', 'State', 'Tags']),
    ...busOf(properties),
    Name: name,
    EventPattern: documentText(properties, 'EventPattern'),
  });
  return new Reader(output).text('RuleArn');
};

const putTargets = async (name: string, properties: Reader, context: ResourceContext): Promise<void> => {
  const targets = properties.list('Targets');
  if (targets.length === 0) return;
  refuseFailed(await context.call('events', 'PutTargets', { Rule: name, ...busOf(properties), Targets: targets }));
};

const removeTargets = async (
  name: string,
  properties: Reader,
  ids: readonly string[],
  context: ResourceContext,
): Promise<void> => {
  if (ids.length === 0) return;
  refuseFailed(await context.call('events', 'RemoveTargets', { Rule: name, ...busOf(properties), Ids: ids }));
};

const targetIds = (properties: Reader): readonly string[] =>
  properties.records('Targets').map((target) => target.text('Id'));

export const eventsRule: ResourceType = {
  type: 'AWS::Events::Rule',
  create: async (properties, context) => {
    const name = properties.optionalText('Name') ?? generatedName(context, 64);
    const arn = await putRule(name, properties, context);
    await orElse(
      () => putTargets(name, properties, context),
      () => context.call('events', 'DeleteRule', { Name: name, ...busOf(properties) }),
    );
    return { id: name, attributes: { Arn: arn } };
  },
  update: async (existing, properties, context) => {
    await putRule(existing.id, properties, context);
    const kept = targetIds(properties);
    const dropped = targetIds(existing.properties).filter((id) => !kept.includes(id));
    await removeTargets(existing.id, properties, dropped, context);
    await putTargets(existing.id, properties, context);
    const ResourceARN = existing.attributes.Arn;
    await updateTags(context, 'events', { ResourceARN }, existing.properties, properties);
    return existing;
  },
  delete: async ({ id, properties }, context) => {
    await removeTargets(id, properties, targetIds(properties), context);
    await context.call('events', 'DeleteRule', { Name: id, ...busOf(properties) });
  },
};
