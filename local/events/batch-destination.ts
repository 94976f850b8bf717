import { camelCase } from '../core/letter-case';
import type { Reader } from '../core/reader';
import type { Input } from '../core/service';
import { isRecord } from '../core/json';
import type { DestinationKind } from './destination';
import { invalid } from './errors';

/** The input of a target may set parameters and overrides of the job; a plain event sets none. */
const jobInput = (text: string): Input => {
  const input: unknown = JSON.parse(text);
  if (!isRecord(input)) return {};
  return {
    ...(isRecord(input.Parameters) && { parameters: input.Parameters }),
    ...(isRecord(input.ContainerOverrides) && { containerOverrides: camelCase(input.ContainerOverrides) }),
  };
};

const fixedInput = (parameters: Reader): Input => {
  const array = parameters.optionalRecord('ArrayProperties');
  const retry = parameters.optionalRecord('RetryStrategy');
  return {
    jobDefinition: parameters.text('JobDefinition'),
    jobName: parameters.text('JobName'),
    ...(array !== undefined && { arrayProperties: { size: array.number('Size') } }),
    ...(retry !== undefined && { retryStrategy: { attempts: retry.number('Attempts') } }),
  };
};

/** Submits a job to the queue that the target names. */
export const batchJob: DestinationKind = (arn, target, world) => {
  if (!target.has('BatchParameters')) throw invalid(`BatchParameters is required for target ${arn}.`);
  if (!target.has('RoleArn')) throw invalid(`RoleArn is required for target ${arn}.`);
  const fixed = fixedInput(target.record('BatchParameters'));
  return async ({ text, principal }) =>
    world.call({
      service: 'batch',
      operation: 'SubmitJob',
      input: { jobQueue: arn, ...fixed, ...jobInput(text) },
      principal,
    });
};
