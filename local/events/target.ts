import type { Reader } from '../core/reader';
import type { Input, Principal } from '../core/service';
import type { World } from '../core/world';
import { checkRetries } from '../delivery/retry';
import type { Destination } from './destination';
import { destinationOf } from './destinations';
import { invalid } from './errors';
import { inputOf, type TargetInput } from './target-input';

/** Where the matching events of a rule go. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  /** As it was given. */
  readonly values: Input;
  readonly roleArn?: string;
  readonly input: TargetInput;
  readonly destination: Destination;
  /** ARN of the queue for events that could not be delivered. */
  readonly deadLetterQueue?: string;
}

const SERVICE = 'events.amazonaws.com';

/** EventBridge itself, which calls targets without a role and keeps what was not delivered. */
export const eventBridgeFor = (ruleArn: string): Principal => ({ arn: SERVICE, service: SERVICE, sourceArn: ruleArn });

/** Who calls a target for a rule: the target's role, or EventBridge itself. */
export const callerOf = ({ roleArn, id }: Target, ruleArn: string, world: World): Promise<Principal> =>
  roleArn === undefined
    ? Promise.resolve(eventBridgeFor(ruleArn))
    : world.assume({ roleArn, service: SERVICE, sourceArn: ruleArn, session: id });

const deadLetterQueueOf = (target: Reader): string | undefined => {
  const arn = target.optionalRecord('DeadLetterConfig')?.optionalText('Arn');
  if (arn !== undefined && !/^arn:[^:]+:sqs:/.test(arn)) {
    throw invalid(`DeadLetterConfig.Arn must be the ARN of an SQS queue, got '${arn}'`);
  }
  return arn;
};

/** Checks a target of PutTargets. */
export const targetOf = (reader: Reader, world: World): Target => {
  const id = reader.text('Id');
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(id)) {
    throw invalid(`Id of a target must be 1 to 64 letters, digits, '.', '-' or '_', got '${id}'`);
  }
  const arn = reader.text('Arn');
  checkRetries(reader, invalid);
  return {
    id,
    arn,
    values: reader.values,
    roleArn: reader.optionalText('RoleArn'),
    input: inputOf(reader),
    destination: destinationOf(arn, reader, world),
    deadLetterQueue: deadLetterQueueOf(reader),
  };
};
