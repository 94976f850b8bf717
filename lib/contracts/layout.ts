/** Key prefix of everything that submissions keep in the data bucket. */
export const SUBMISSIONS_PREFIX = 'submissions/';

/** Object that a collecting job writes below the results prefix, and the pipeline stores in the results table. */
export const RESULT_FILE = 'result.json';

/** The fixed-width items of a submission. */
export const itemsKey = (submissionId: string): string => `${SUBMISSIONS_PREFIX}${submissionId}/items.jsonl`;

/** Where the jobs of a submission write their results. */
export const resultsPrefix = (submissionId: string): string => `${SUBMISSIONS_PREFIX}${submissionId}/results/`;
