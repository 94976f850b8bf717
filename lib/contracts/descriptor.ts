/** Version of {@link PlatformDescriptor}; raised when a reader of an earlier one would misunderstand it. */
export const DESCRIPTOR_VERSION = 1;

/** Largest value of a standard parameter (https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html). */
export const MAX_DESCRIPTOR_BYTES = 4_096;

/** What a platform may be called, and its queues, jobs and teams: as AWS Batch names things, and fit for the name of a parameter. */
export const SHARED_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** Says it in an error. */
export const SHARED_NAME_IN_WORDS =
  'up to 128 letters, digits, hyphens and underscores, starting with a letter or digit';

const ROOT = '/batch-platform';

/** Names of the parameters in which a platform says what it has, by the name of the platform. */
export const PLATFORM_PARAMETERS = {
  /** All that is known before the deployment, and where the rest is: JSON of {@link PlatformDescriptor}. */
  descriptor: (platform: string) => `${ROOT}/${platform}`,
  bucket: (platform: string) => `${ROOT}/${platform}/bucket`,
  /** ARN of the key. */
  key: (platform: string) => `${ROOT}/${platform}/key`,
  /** ARN of the function that takes submissions; there is none before the first job. */
  gateway: (platform: string) => `${ROOT}/${platform}/gateway`,
  /** ARN of a queue. */
  queue: (platform: string, queue: string) => `${ROOT}/${platform}/queues/${queue}`,
  /** What jobs of a queue can get: JSON of a list of {@link ComputeEntry}, empty when that is not known. */
  compute: (platform: string, queue: string) => `${ROOT}/${platform}/queues/${queue}/compute`,
  /** ARN of the scheduling policy of a queue that has one. */
  schedulingPolicy: (platform: string, queue: string) => `${ROOT}/${platform}/queues/${queue}/scheduling-policy`,
  /** Name of a job definition, without revision. */
  job: (platform: string, job: string) => `${ROOT}/${platform}/jobs/${job}`,
  /** ARN of the role of the code of a job, where it has one. */
  jobRole: (platform: string, job: string) => `${ROOT}/${platform}/jobs/${job}/role`,
  teamShare: (platform: string, team: string) => `${ROOT}/${platform}/teams/${team}/share-identifier`,
  /** Name of the log group of a team. */
  teamLog: (platform: string, team: string) => `${ROOT}/${platform}/teams/${team}/log-group`,
  /** ARN of the alias by which a team calls the gateway, where there is one. */
  teamGateway: (platform: string, team: string) => `${ROOT}/${platform}/teams/${team}/gateway`,
} as const;

/** What a platform is made of: the value of the parameter that has its name. */
export interface PlatformDescriptor {
  readonly schemaVersion: typeof DESCRIPTOR_VERSION;
  readonly name: string;
  readonly region: string;
  /** Name of the bucket. */
  readonly bucket: string;
  /** ARN of the key. */
  readonly key: string;
  /** ARN of the function that takes submissions; absent while there are no jobs. */
  readonly gateway?: string;
  /** By name; ARNs are in parameters of their own, as there may be as many queues as an account has. */
  readonly queues: Readonly<Record<string, QueueEntry>>;
  /** By name; definitions are in parameters of their own. */
  readonly jobs: Readonly<Record<string, JobEntry>>;
  /** By name; absent without teams. Logs and gateways are in parameters of their own. */
  readonly teams?: Readonly<Record<string, TeamEntry>>;
}

/** What jobs run on, as AWS Batch and this library name it. */
export type CapabilityName = 'EC2' | 'FARGATE' | 'MANAGED_INSTANCES' | 'EKS';

/** A job queue. */
export interface QueueEntry {
  readonly platformCapability: CapabilityName;
  /** True when it has a scheduling policy, so that each job names a share identifier. */
  readonly shared?: boolean;
}

/** What a compute environment offers, as far as it is known. */
export interface ComputeEntry {
  /** Path of its construct. */
  readonly name: string;
  readonly arn: string;
  readonly architecture?: string;
  readonly maxvCpus?: number;
  /** Types, families and groups of families. */
  readonly instanceTypes?: readonly string[];
  readonly spot?: boolean;
  readonly publicSubnets?: boolean;
  readonly isolatedSubnets?: boolean;
}

/** A job. */
export interface JobEntry {
  /** Name of the queue that it waits in unless told otherwise. */
  readonly queue: string;
  /** What its definition is made of. */
  readonly kind?: JobKindName;
  readonly shareIdentifier?: string;
  /** Tags of each job that is submitted. */
  readonly submissionTags?: Readonly<Record<string, string>>;
  /** Whether the role of its code is known. */
  readonly role?: boolean;
}

/** A team. */
export interface TeamEntry {
  readonly shareIdentifier: string;
  /** Tags of each of its jobs. */
  readonly tags: Readonly<Record<string, string>>;
  /** Names of the queues that its jobs wait in. */
  readonly queues: readonly string[];
}

/** What a job definition is made of. */
export type JobKindName = 'CONTAINER' | 'TASK' | 'POD' | 'MULTI_NODE';
