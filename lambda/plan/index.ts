import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { PLAN_ENV } from '../../lib/contracts/pipeline';
import { sourcesOf } from '../shared/sources';
import { requireEnv } from '../shared/env';
import { logged } from '../shared/log';
import { s3Objects } from '../shared/objects';
import { resultsTable } from '../shared/results-table';
import { planWith } from './handler';

/** Plans the submission of a pipeline's execution. */
export const handler = logged(
  planWith({
    objects: s3Objects(new S3Client()),
    table: resultsTable(new DynamoDBClient(), requireEnv(PLAN_ENV.table)),
    bucket: requireEnv(PLAN_ENV.bucket),
    sources: sourcesOf(requireEnv(PLAN_ENV.sources)),
    now: Date.now,
  }),
);
