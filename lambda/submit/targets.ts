import type { SubmissionTargets } from '../../lib/contracts/submission';
import { fieldsOf, isFields, textOf, wrongKind } from '../shared/fields';

const entriesOf = <Value>(value: unknown, where: string, read: (value: unknown, where: string) => Value) => {
  if (!isFields(value)) throw wrongKind(where, 'an object', value);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, read(entry, `${where}.${name}`)]));
};

/** Reads what may be submitted, as the construct wrote it into the environment. */
export const targetsOf = (json: string): SubmissionTargets => {
  const { jobs, queues } = fieldsOf(JSON.parse(json), 'targets', ['jobs', 'queues']);
  return {
    jobs: entriesOf(jobs, 'targets.jobs', (entry, where) => {
      const { jobDefinition, queue } = fieldsOf(entry, where, ['jobDefinition', 'queue']);
      return { jobDefinition: textOf(jobDefinition, `${where}.jobDefinition`), queue: textOf(queue, `${where}.queue`) };
    }),
    queues: entriesOf(queues, 'targets.queues', textOf),
  };
};
