import type { World } from '../core/world';
import type { ComputeEnvironment } from './compute-environment';
import type { Variable } from './container';
import type { Job } from './job';

type Environment = Readonly<Record<string, string>>;

const FROM_HOST = /^(?:PATH|LANG|LC_.*|TZ|SystemRoot)$/i;

/** The few variables of this machine that a job may see. */
export const hostEnvironment = (host: NodeJS.ProcessEnv): Environment =>
  Object.fromEntries(
    Object.entries(host).flatMap(([name, value]) =>
      FROM_HOST.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );

const batchVariables = (job: Job, environment: ComputeEnvironment): Environment => ({
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

const homeVariables = (folder: string): Environment => ({
  HOME: folder,
  TMPDIR: folder,
  ...(process.platform === 'win32' ? { TEMP: folder, TMP: folder, USERPROFILE: folder } : {}),
});

export type EndpointVariables = (roleArn: string | undefined) => Environment;

/** The variables that lead AWS clients of a job to this endpoint, as its role. */
export const endpointVariables = (world: World): EndpointVariables => {
  // One set of credentials per role: they tell who calls, and ten thousand children of an array are one caller.
  const byRole = new Map<string, Environment>();
  const credentialsOf = (roleArn: string): Environment => {
    const known = byRole.get(roleArn);
    if (known !== undefined) return known;
    const { accessKeyId, secretAccessKey, sessionToken } = world.credentials.issue({ arn: roleArn });
    const credentials = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
    byRole.set(roleArn, credentials);
    return credentials;
  };
  return (roleArn) => ({
    AWS_ENDPOINT_URL: world.url,
    // Otherwise a job without a role would ask the instance that this machine may be.
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(roleArn === undefined ? {} : credentialsOf(roleArn)),
  });
};

/** The role that a job acts as: its own, or that of the instance under it. On Fargate there is no instance. */
export const roleOf = (job: Job, environment: ComputeEnvironment): string | undefined =>
  job.submission.container.jobRoleArn ?? environment.instanceProfileArn;

/** All variables of an attempt. What the endpoint and AWS Batch set wins over what the job asks for. */
export const attemptEnvironment = (
  world: World,
  endpoint: EndpointVariables,
  job: Job,
  environment: ComputeEnvironment,
  folder: string,
  secrets: readonly Variable[],
): Environment => ({
  ...hostEnvironment(process.env),
  ...homeVariables(folder),
  AWS_REGION: world.region,
  AWS_DEFAULT_REGION: world.region,
  ...Object.fromEntries([...job.submission.container.environment, ...secrets].map(({ name, value }) => [name, value])),
  ...endpoint(roleOf(job, environment)),
  ...batchVariables(job, environment),
});
