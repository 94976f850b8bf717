import { BatchClient } from '@aws-sdk/client-batch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SUBMIT_ENV } from '../../lib/contracts/submission';
import { sourcesOf } from '../shared/sources';
import { requireEnv } from '../shared/env';
import { logged } from '../shared/log';
import { s3Objects } from '../shared/objects';
import { submitWith } from './handler';
import { batchJobs, PATIENT } from './jobs';
import { quotasIn } from './quotas';
import { targetsOf } from './targets';

/** Submits jobs for people, pipelines and other functions. */
export const handler = logged(
  submitWith({
    objects: s3Objects(new S3Client()),
    jobs: batchJobs(new BatchClient(PATIENT)),
    quotas: quotasIn(new DynamoDBClient(), process.env[SUBMIT_ENV.quotas], Date.now),
    targets: targetsOf(requireEnv(SUBMIT_ENV.targets)),
    bucket: requireEnv(SUBMIT_ENV.bucket),
    sources: sourcesOf(requireEnv(SUBMIT_ENV.sources)),
    newId: () => crypto.randomUUID().replaceAll('-', ''),
  }),
);
