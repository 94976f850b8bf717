import { lowerFirst } from '../../core/letter-case';
import { AwsError } from '../../core/errors';
import { Reader } from '../../core/reader';
import type { ResourceContext } from '../types/resource-type';
import { until } from './patience';

/** What AWS Batch changes and deletes in its own time. */
type Noun = 'ComputeEnvironment' | 'JobQueue';

const statusOf = async (noun: Noun, arn: string, context: ResourceContext): Promise<string> => {
  const all = `${lowerFirst(noun)}s`;
  const output = await context.call('batch', `Describe${noun}s`, { [all]: [arn] });
  const found = new Reader(output).records(all).at(0);
  if (found?.optionalText('status') === 'INVALID') {
    throw new AwsError('NotStabilized', found.optionalText('statusReason') ?? `${arn} is INVALID`);
  }
  return found?.text('status') ?? 'DELETED';
};

export const untilValid = (noun: Noun, arn: string, context: ResourceContext): Promise<void> =>
  until(`${arn} to be VALID`, async () => (await statusOf(noun, arn, context)) === 'VALID');

/** Disables it, deletes it, and waits until it is gone. */
export const disableAndDelete = async (noun: Noun, arn: string, context: ResourceContext): Promise<void> => {
  const reference = { [lowerFirst(noun)]: arn };
  await context.call('batch', `Update${noun}`, { ...reference, state: 'DISABLED' });
  await until(`${arn} to be DISABLED`, async () => (await statusOf(noun, arn, context)) !== 'UPDATING');
  await context.call('batch', `Delete${noun}`, reference);
  await until(`${arn} to be gone`, async () => (await statusOf(noun, arn, context)) === 'DELETED');
};
