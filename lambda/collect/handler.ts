import type { PipelineNotification } from '../../lib/contracts/pipeline';
import type { Note } from '../shared/log';
import type { Objects } from '../shared/objects';
import { refusal } from '../shared/refusal';
import type { ResultsTable } from '../shared/results-table';
import { collectRequestOf } from './request';
import { collectResults } from './results';

/** What a collection works with. */
export interface CollectDependencies {
  readonly objects: Objects;
  readonly table: ResultsTable;
  /** The data bucket. */
  readonly bucket: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Ends the record of a submission, whatever its outcome, and returns what subscribers are told. */
export const collectWith =
  ({ objects, table, bucket, now }: CollectDependencies) =>
  async (request: unknown, note: Note): Promise<PipelineNotification> => {
    const { owned, outcome } = collectRequestOf(request, bucket);
    note({ pipeline: owned.pipeline, submissionId: owned.submissionId });

    if ('failure' in outcome) {
      const recorded = await table.fail(owned, { ...outcome.failure, endedAt: now() });
      note({ status: 'FAILED', failure: outcome.failure.error });
      return { ...owned, status: 'FAILED', ...recorded, ...outcome.failure };
    }

    const { result, ...collected } = await collectResults(objects, outcome.results);
    const done = { ...collected, count: outcome.count, status: 'SUCCEEDED' } as const;
    note({ status: done.status, count: done.count, outputs: done.outputs });
    if ((await table.update(owned, { ...done, result, endedAt: now() })) === undefined) {
      throw refusal(
        'SupersededSubmission',
        `submission ${owned.submissionId} belongs to another execution: its results at ${done.resultsUri} stay as they are`,
      );
    }
    return { ...owned, ...done };
  };
