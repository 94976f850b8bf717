import type { World } from '../core/world';
import { serviceOf } from '../delivery/send';
import { invalidParameter, type Configuration } from './configuration';
import type { EventInvokeConfig } from './event-invoke-config';

/** What Lambda does with what an ARN names, as the role of a function. */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['sqs', 'SendMessage'],
  ['sns', 'Publish'],
  ['lambda', 'InvokeFunction'],
  ['events', 'PutEvents'],
]);

/** The operation that a role may not do on a target; undefined when it may. */
const missing = async (world: World, role: string, target: string): Promise<string | undefined> => {
  const service = serviceOf(target);
  const operation = OPERATIONS.get(service) ?? '';
  const action = `${service}:${operation}`;
  const denial = await world.denial({ principal: { arn: role }, action, resource: target });
  return denial === undefined ? undefined : operation;
};

/** Refuses a role that Lambda cannot take on, or that may not send to the dead-letter queue of the function. */
export const checkRole = async (
  world: World,
  { role, deadLetterTarget }: Configuration,
  session: string,
): Promise<void> => {
  await world.assume({ roleArn: role, service: 'lambda.amazonaws.com', session }).catch(() => {
    throw invalidParameter('The role defined for the function cannot be assumed by Lambda.');
  });
  if (deadLetterTarget === undefined) return;
  const operation = await missing(world, role, deadLetterTarget);
  if (operation === undefined) return;
  const service = serviceOf(deadLetterTarget).toUpperCase();
  throw invalidParameter(`The provided execution role does not have permissions to call ${operation} on ${service}`);
};

/** Refuses destinations that the role of the function may not send to. */
export const checkDestinations = async (
  world: World,
  role: string,
  { onSuccess, onFailure }: EventInvokeConfig,
): Promise<void> => {
  for (const target of [onSuccess, onFailure]) {
    if (target === undefined) continue;
    const operation = await missing(world, role, target);
    if (operation === undefined) continue;
    throw invalidParameter(`The function's execution role does not have permissions to call ${operation} on ${target}`);
  }
};
