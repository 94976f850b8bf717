import { FARGATE_MEMORY_MIB } from '../fargate-sizes';
import { isWithin, type Range } from './range';

/** Largest job definition in bytes (https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html). */
export const MAX_DEFINITION_BYTES = 24 * 1024;

/** Shortest time that an attempt can be given (https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html). */
export const MIN_TIMEOUT_SECONDS = 60;

/** https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html */
export const SCHEDULING_PRIORITY: Range = [0, 9999];

/** https://docs.aws.amazon.com/batch/latest/userguide/resource-aware-scheduling-how-to-for-jobs.html */
export const MAX_CONSUMABLE_RESOURCES = 5;

/** Least memory of a container in MiB (https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html). */
export const MIN_MEMORY_MIB = 4;

/** https://docs.aws.amazon.com/batch/latest/userguide/mnp-node-groups.html */
export const MAX_NODE_GROUPS = 5;

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** Whether AWS Batch takes a name of a job definition. */
export const isDefinitionName = (name: string): boolean => NAME.test(name);

/** Whether AWS Batch takes a name of a job (https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html). */
export const isJobName = (name: string): boolean => NAME.test(name);

/** Whether a container on EC2 can have so many vCPUs, or so many GPUs. */
export const isCount = (count: number): boolean => Number.isInteger(count) && count >= 1;

/** Whether a container on EC2 can have so much memory. */
export const isMemory = (mebibytes: number): boolean => isWithin(mebibytes, [MIN_MEMORY_MIB, Infinity]);

/** Whether vCPUs and memory are a pair that Fargate offers. */
export const isFargateSize = (vcpus: number, memoryMiB: number): boolean =>
  FARGATE_MEMORY_MIB.get(vcpus)?.includes(memoryMiB) ?? false;

/** What Fargate offers with this number of vCPUs, or which numbers it offers, in words. */
export function fargateSizesInWords(vcpus: number): string {
  const offered = FARGATE_MEMORY_MIB.get(vcpus);
  return offered === undefined
    ? `vCPUs may be ${[...FARGATE_MEMORY_MIB.keys()].join(', ')}`
    : `with this number of vCPUs memory may be ${offered.join(', ')} MiB`;
}

/** Names of the placeholders in what a container executes. */
export const placeholdersIn = (words: readonly string[]): string[] => [
  ...new Set(words.flatMap((word) => [...word.matchAll(/Ref::([A-Za-z0-9_-]+)/g)].map(([, name]) => name))),
];
