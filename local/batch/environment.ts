import {
  credentialVariables,
  homeVariables,
  hostVariables,
  type ProcessEnvironment as Environment,
} from '../core/process-environment';
import type { World } from '../core/world';
import type { ComputeEnvironment } from './compute-environment';
import type { Container, Variable } from './container';
import type { Job } from './job';
import { nodeVariables } from './nodes';

/** What decides the variables of an attempt. */
export interface Placement {
  readonly job: Job;
  readonly container: Container;
  readonly environment: ComputeEnvironment;
  /** Where a process of this machine is at home. */
  readonly folder: string;
  readonly secrets: readonly Variable[];
  /** By number. */
  readonly gpus: readonly number[];
}

/** All variables of an attempt. What the endpoint and AWS Batch set wins over what the job asks for. */
export type AttemptEnvironment = (placement: Placement) => Environment;

const requestedVariables = ({ container, secrets }: Placement): Environment =>
  Object.fromEntries([...container.environment, ...secrets].map(({ name, value }) => [name, value]));

const batchVariables = ({ job, environment, container, gpus }: Placement): Environment => ({
  // As the agent of Amazon ECS says which ones are whose.
  ...(gpus.length === 0 ? {} : { NVIDIA_VISIBLE_DEVICES: gpus.join(',') }),
  ...(container.node === undefined ? {} : nodeVariables(container.node)),
  AWS_BATCH_JOB_ID: job.id,
  AWS_BATCH_JOB_ATTEMPT: String(job.attempts.length + 1),
  AWS_BATCH_JQ_NAME: job.submission.queue.name,
  AWS_BATCH_CE_NAME: environment.name,
  ...(job.place === undefined
    ? {}
    : {
        AWS_BATCH_JOB_ARRAY_INDEX: String(job.place.index),
        AWS_BATCH_JOB_ARRAY_SIZE: String(job.place.array.size),
      }),
});

export const createAttemptEnvironment = (world: World): AttemptEnvironment => {
  // A container has all of this from its image.
  const isContained = world.runner !== 'process';
  const host = isContained ? {} : hostVariables();
  const base: Environment = {
    AWS_REGION: world.region,
    AWS_DEFAULT_REGION: world.region,
    // The job's image has a version of Node of its own; that of this machine is nothing to warn about in its log.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const endpoint: Environment = {
    AWS_ENDPOINT_URL: world.url,
    // Otherwise a job without a role would ask the instance that this machine may be.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  // One set of credentials per role: they tell who calls, and ten thousand children of an array are one caller.
  const byRole = new Map<string, Environment>();
  const credentialsOf = (roleArn: string): Environment => {
    const credentials = byRole.get(roleArn) ?? credentialVariables(world, roleArn);
    byRole.set(roleArn, credentials);
    return credentials;
  };
  return (placement) => {
    // Without a role of its own a job acts as the instance under it. On Fargate there is none, and no credentials.
    const roleArn = placement.container.jobRoleArn ?? placement.environment.instanceProfileArn;
    return {
      ...host,
      ...(isContained ? {} : homeVariables(placement.folder)),
      ...base,
      ...requestedVariables(placement),
      ...endpoint,
      ...(roleArn === undefined ? {} : credentialsOf(roleArn)),
      ...batchVariables(placement),
    };
  };
};
