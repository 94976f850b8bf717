import { createHash } from 'node:crypto';
import type { ItemsObject } from '../../lib/contracts/items';
import { JOB_ENVIRONMENT } from '../../lib/contracts/job-environment';
import { resultsPrefix } from '../../lib/contracts/layout';

/** The same id for the same parts; short enough for names, long enough to be unique. */
export const submissionIdOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** Where the jobs of a submission write their results. */
export const resultsOf = (bucket: string, submissionId: string) => ({ bucket, prefix: resultsPrefix(submissionId) });

/** What the jobs of a submission are told; a submission without items has no variables for them. */
export const jobEnvironment = (
  submissionId: string,
  resultsBucket: string,
  items: ItemsObject | undefined,
): Readonly<Record<string, string>> => ({
  [JOB_ENVIRONMENT.submissionId]: submissionId,
  ...(items !== undefined && {
    [JOB_ENVIRONMENT.itemsBucket]: items.bucket,
    [JOB_ENVIRONMENT.itemsKey]: items.key,
    [JOB_ENVIRONMENT.itemCount]: String(items.count),
    [JOB_ENVIRONMENT.itemBytes]: String(items.itemBytes),
  }),
  [JOB_ENVIRONMENT.resultsBucket]: resultsBucket,
  [JOB_ENVIRONMENT.resultsPrefix]: resultsPrefix(submissionId),
});

/** S3 URI of the results prefix. */
export const resultsUri = ({ bucket, prefix }: { readonly bucket: string; readonly prefix: string }): string =>
  `s3://${bucket}/${prefix}`;
