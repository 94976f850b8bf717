import type { KeyPrefix } from '../../lib/contracts/items';
import type { Plan } from '../../lib/contracts/pipeline';
import { itemsOf } from '../shared/items';
import { layOutItems } from '../shared/items-object';
import type { Note } from '../shared/log';
import type { Objects } from '../shared/objects';
import { refusal } from '../shared/refusal';
import type { ResultsTable } from '../shared/results-table';
import { jobEnvironment, resultsOf, resultsUri } from '../shared/submission';
import { planRequestOf } from './request';

/** What a plan works with. */
export interface PlanDependencies {
  readonly objects: Objects;
  readonly table: ResultsTable;
  /** The data bucket. */
  readonly bucket: string;
  /** Buckets that items and events may come from. */
  readonly sources: readonly KeyPrefix[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Turns the input of an execution into items that an array job can read, once for each input. */
export const planWith =
  ({ objects, table, bucket, sources, now }: PlanDependencies) =>
  async (request: unknown, note: Note): Promise<Plan> => {
    const { source, ...owned } = planRequestOf(request, sources);
    const { submissionId } = owned;
    const results = resultsOf(bucket, submissionId);
    note({ pipeline: owned.pipeline, submissionId });

    const claimed = await table.claim({
      ...owned,
      status: 'RUNNING',
      startedAt: now(),
      resultsUri: resultsUri(results),
    });
    note({ duplicate: !claimed });
    if (!claimed) return { submissionId, count: 0, duplicate: true, environment: [], results };

    const texts = await itemsOf(objects, source);
    const count = texts.length;
    note({ count });
    const items = count === 0 ? undefined : layOutItems(bucket, submissionId, texts);
    if (items !== undefined) await objects.write(items.object, items.content);
    if ((await table.update(owned, { count })) === undefined) {
      throw refusal('SupersededSubmission', `another execution has taken over submission ${submissionId}`);
    }
    const environment = items === undefined ? {} : jobEnvironment(submissionId, bucket, items.object);
    return {
      submissionId,
      count,
      duplicate: false,
      environment: Object.entries(environment).map(([Name, Value]) => ({ Name, Value })),
      results,
    };
  };
