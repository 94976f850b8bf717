import { JOB_ENVIRONMENT } from '../job-environment';
import type { Range } from './range';

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_EcsTaskProperties.html */
export const MAX_CONTAINERS = 10;

/** Disk of a job on Fargate in GiB (https://docs.aws.amazon.com/batch/latest/APIReference/API_EphemeralStorage.html). */
export const EPHEMERAL_GIBIBYTES: Range = [21, 200];

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_LinuxParameters.html */
export const SWAPPINESS: Range = [0, 100];

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_EFSVolumeConfiguration.html */
export const PORT: Range = [0, 65_535];

/** Versions of Fargate that mount EFS (https://docs.aws.amazon.com/batch/latest/userguide/efs-volumes.html). */
export const PLATFORM_VERSIONS_WITH_EFS: readonly string[] = ['LATEST', '1.4.0'];

/** Hands lines to the log router of the same job. */
export const FIRELENS_DRIVER = 'awsfirelens';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
export const LOG_DRIVERS_ON_FARGATE: readonly string[] = ['awslogs', 'splunk', FIRELENS_DRIVER];

/** Seconds that a container on Fargate, or elsewhere, may have to start or to stop. */
export const containerSeconds = (isFargate: boolean): Range => [2, isFargate ? 120 : Infinity];

/** Whether AWS Batch takes a name of a container or of a volume. */
export const isContainerName = (name: string): boolean => /^[A-Za-z0-9_-]{1,255}$/.test(name);

/** Whether a volume can be mounted there, on Linux or on Windows. */
export const isAbsolutePath = (path: string): boolean => /^(\/|[A-Za-z]:\\)/.test(path);

/** Variables that a submission sets; a container cannot have one of them twice. */
const SET_BY_SUBMISSION: readonly string[] = Object.values(JOB_ENVIRONMENT);

/** What is wrong with the name of an environment variable; nothing if a container takes it. */
export function variableNameProblem(name: string): string | undefined {
  const got = JSON.stringify(name);
  if (!/^[^=\s]+$/.test(name)) {
    return `the name of an environment variable must not be empty or contain '=' or blanks, got ${got}`;
  }
  if (name.startsWith('AWS_BATCH')) {
    return (
      `the name of an environment variable must not start with 'AWS_BATCH', which AWS Batch keeps for itself, ` +
      `got ${got}: choose another name`
    );
  }
  if (!SET_BY_SUBMISSION.includes(name)) return undefined;
  return `the environment variable '${name}' is set by each submission: choose another name`;
}

const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)(_|$)/i;

/** What says where a secret is, not what it is. */
const REFERENCE_NAME = /_(ARN|ID|NAME|PATH|FILE|URL|URI)$/i;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids */
const ACCESS_KEY = /(^|[^A-Z0-9])(AKIA|ASIA)[A-Z0-9]{16}([^A-Z0-9]|$)/;

/** Whether the plain value of an environment variable looks like a secret. */
export function looksSecret(name: string, value: string): boolean {
  if (value === '') return false;
  if (ACCESS_KEY.test(value)) return true;
  return SECRET_NAME.test(name) && !REFERENCE_NAME.test(name) && !value.startsWith('arn:');
}
