import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { COLLECT_ENV } from '../../lib/contracts/pipeline';
import { requireEnv } from '../shared/env';
import { logged } from '../shared/log';
import { s3Objects } from '../shared/objects';
import { resultsTable } from '../shared/results-table';
import { collectWith } from './handler';

/** Ends the submission of a pipeline's execution. */
export const handler = logged(
  collectWith({
    objects: s3Objects(new S3Client()),
    table: resultsTable(new DynamoDBClient(), requireEnv(COLLECT_ENV.table)),
    bucket: requireEnv(COLLECT_ENV.bucket),
    now: Date.now,
  }),
);
