import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { DestinationKind } from './destination';
import { invalid } from './errors';

/** Writes events to a log stream of the target's own. */
export const logGroup: DestinationKind = (arn, _, world) => {
  const name = /:log-group:([^:]+)(?::\*)?$/.exec(arn)?.[1];
  if (name === undefined) throw invalid(`Parameter Arn is not valid. Reason: '${arn}' is not the ARN of a log group`);
  const logStreamName = randomUUID();
  return async ({ text, event, principal }) => {
    const call = (operation: string, input: Readonly<Record<string, unknown>>) =>
      world.call({ service: 'logs', operation, input: { logGroupName: name, logStreamName, ...input }, principal });
    await call('CreateLogStream', {}).catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.code !== 'ResourceAlreadyExistsException') throw error;
    });
    return call('PutLogEvents', { logEvents: [{ timestamp: Date.parse(event.time), message: text }] });
  };
};
