import { JOB_ENVIRONMENT } from '../../../lib/contracts/job-environment';

const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined)
    throw new Error(`the environment variable ${name} is not set: was this job submitted by its pipeline?`);
  return value;
};

/** What the platform tells a job about its submission. */
export const submission = () => ({
  itemsBucket: variable(JOB_ENVIRONMENT.itemsBucket),
  itemsKey: variable(JOB_ENVIRONMENT.itemsKey),
  itemCount: Number(variable(JOB_ENVIRONMENT.itemCount)),
  itemBytes: Number(variable(JOB_ENVIRONMENT.itemBytes)),
  resultsBucket: variable(JOB_ENVIRONMENT.resultsBucket),
  resultsPrefix: variable(JOB_ENVIRONMENT.resultsPrefix),
});

/** Position of this job in its array; 0 for a job that is not part of one. */
export const arrayIndex = (): number => Number(process.env.AWS_BATCH_JOB_ARRAY_INDEX ?? '0');

/** The byte range of this job's own line of the items. */
export const itemRange = (index: number, itemBytes: number): string =>
  `bytes=${index * itemBytes}-${(index + 1) * itemBytes - 1}`;
