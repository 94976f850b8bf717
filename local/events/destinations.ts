import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import type { World } from '../core/world';
import { REACHABLE, sending, serviceOf } from '../delivery/send';
import { batchJob } from './batch-destination';
import type { Destination, DestinationKind } from './destination';
import { invalid, invalidInput } from './errors';
import { logGroup } from './logs-destination';

const checkJson = (text: string): string => {
  try {
    JSON.parse(text);
  } catch {
    throw invalidInput('INVALID_JSON', `the target takes JSON, got ${text.slice(0, 200)}`);
  }
  return text;
};

/** Whatever a text can be sent to. */
const recipient: DestinationKind = (arn, target, world) => {
  const service = serviceOf(arn);
  if (service === 'states' && !target.has('RoleArn')) throw invalid(`RoleArn is required for target ${arn}.`);
  if (target.has('SqsParameters'))
    throw notSupported('SqsParameters of an event target', 'its queues are standard queues');
  const takesJson = service === 'states' || service === 'lambda';
  return async ({ text, principal }) => {
    const request = sending(arn, takesJson ? checkJson(text) : text);
    return request && world.call({ ...request, principal });
  };
};

const KINDS: Readonly<Record<string, DestinationKind>> = {
  ...Object.fromEntries(REACHABLE.map((service) => [service, recipient])),
  batch: batchJob,
  logs: logGroup,
};

const FOREIGN_PARAMETERS = [
  'AppSyncParameters',
  'EcsParameters',
  'HttpParameters',
  'KinesisParameters',
  'RedshiftDataParameters',
  'RunCommandParameters',
  'SageMakerPipelineParameters',
];

/** Where a target's ARN leads; other services are refused by name. */
export const destinationOf = (arn: string, target: Reader, world: World): Destination => {
  const foreign = FOREIGN_PARAMETERS.find((name) => target.has(name));
  if (foreign !== undefined) throw notSupported(`${foreign} of an event target`);
  const service = /^arn:[^:]+:([^:]+):[^:]*:[^:]*:.+/.exec(arn)?.[1];
  if (service === undefined)
    throw invalid(`Parameter Arn is not valid. Reason: Provided Arn is not in correct format: '${arn}'`);
  const kind = Object.hasOwn(KINDS, service) ? KINDS[service] : undefined;
  if (kind === undefined) {
    throw notSupported(`event targets of the service '${service}' (${arn})`, `it has ${Object.keys(KINDS).join(', ')}`);
  }
  return kind(arn, target, world);
};
