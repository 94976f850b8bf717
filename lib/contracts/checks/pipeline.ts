import type { Check } from './check';

/** Can a state machine or an event submit what it is told to? */
export const PIPELINE_CHECKS = {
  'pipeline-array-size': {
    level: 'error',
    rule: 'an array job has from 2 to 10,000 children',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html',
  },
  'pipeline-dependencies': {
    level: 'error',
    rule: 'a job depends on at most 20 jobs',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_dependencies.html',
  },
  'pipeline-dependency-array': {
    level: 'error',
    rule: 'only an array job depends on itself or child by child on another, which has as many children',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html',
  },
  'pipeline-event-bus': {
    level: 'warning',
    rule: 'a bucket that starts a pipeline sends its events to Amazon EventBridge',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html',
  },
  'pipeline-gateway-queue': {
    level: 'warning',
    rule: 'each queue that callers of a gateway may choose fits each job of the gateway that is made for its kind of compute',
  },
  'pipeline-gateway-quota': {
    level: 'error',
    rule: 'the quota of a team at a gateway is from 1 to 1,000,000,000 jobs',
  },
  'pipeline-gateway-shell': {
    level: 'error',
    rule: 'no job of a gateway puts the value of a caller into the script of a shell, as far as its command is known',
  },
  'pipeline-gateway-size': {
    level: 'warning',
    rule: 'what a gateway knows of its jobs, queues and teams fits into the 4,096 bytes of the environment of a function, by an estimate',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
  },
  'pipeline-gateway-team': {
    level: 'error',
    rule: 'a team of a gateway has a name for an alias: up to 128 letters, digits, hyphens and underscores, not digits alone',
    source: 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html',
  },
  'pipeline-job-name': {
    level: 'error',
    rule: 'the name of a job has up to 128 letters, digits, hyphens and underscores, and starts with a letter or digit',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html',
  },
  'pipeline-overrides': {
    level: 'error',
    rule: 'a submission overrides containers, nodes and pods that the job has',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html',
  },
  'pipeline-overrides-length': {
    level: 'error',
    rule: 'command and environment of a submission have at most 8,192 characters',
    source: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html',
  },
  'pipeline-share-identifier': {
    level: 'error',
    rule: 'a share identifier has 1 to 255 letters, digits, hyphens and underscores',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html',
  },
  'pipeline-share-missing': {
    level: 'error',
    rule: 'a submission to a queue with a scheduling policy names a share identifier',
    source: 'https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitJob.html',
  },
  'pipeline-share-unused': {
    level: 'error',
    rule: 'a submission to a queue without a scheduling policy names no share identifier',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/share-identifiers.html',
  },
  'pipeline-tags-missing': {
    level: 'warning',
    rule: 'a job whose submissions have tags is submitted by what can pass them: no event rule, no pipe',
    source: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_BatchParameters.html',
  },
  'pipeline-timeout': {
    level: 'error',
    rule: 'the time-out of a state is not shorter than that of one attempt',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html',
  },
  'pipeline-trigger-loop': {
    level: 'error',
    rule: 'a pipeline is not started by what it writes itself',
  },
  'pipeline-trigger-prefix': {
    level: 'warning',
    rule: 'the prefix of a trigger does not begin with a slash, as keys of S3 usually do not',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html',
  },
} as const satisfies Record<string, Check>;
