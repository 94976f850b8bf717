import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import { type Json, parseJson } from './language/json';
import type { TaskTokens } from './task-tokens';

const outputOf = (text: string): Json => {
  try {
    return parseJson(text);
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${String(error)}'`);
  }
};

/** What those who have a task token can tell. */
export const tokenOperations = (tokens: TaskTokens): Readonly<Record<string, Operation>> => ({
  SendTaskSuccess: (values) => {
    const input = new Reader(values);
    tokens.succeed(input.text('taskToken'), outputOf(input.text('output')));
    return {};
  },
  SendTaskFailure: (values) => {
    const input = new Reader(values);
    tokens.fail(input.text('taskToken'), input.optionalText('error') ?? '', input.optionalText('cause') ?? '');
    return {};
  },
  SendTaskHeartbeat: (values) => {
    tokens.beat(new Reader(values).text('taskToken'));
    return {};
  },
});
