import { notSupported } from '../core/errors';
import { parseJson } from './json-body';
import type { Protocol } from './protocol';
import { restJson } from './rest-json';

const PATH = /^\/(schedules|schedule-groups)(?:\/([^/]+))?$/;
const VERBS: ReadonlyMap<string, string> = new Map([
  ['POST', 'Create'],
  ['GET', 'Get'],
  ['PUT', 'Update'],
  ['DELETE', 'Delete'],
]);

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** EventBridge Scheduler: the path names a schedule or a group, the method what to do with it. */
export const scheduler: Protocol = restJson(({ method, path, query, body }, operations) => {
  const match = PATH.exec(path);
  const noun = match?.at(1) === 'schedules' ? 'Schedule' : 'ScheduleGroup';
  const name = match?.at(2);
  const operation = name === undefined ? `List${noun}s` : `${VERBS.get(method) ?? ''}${noun}`;
  if (match === null || !operations.includes(operation)) throw notSupported(`${method} ${path} of scheduler`);
  const parameters = Object.fromEntries([...query].map(([key, value]) => [upperFirst(key), value]));
  return {
    operation,
    input: { ...parameters, ...parseJson(body), ...(name === undefined ? {} : { Name: decodeURIComponent(name) }) },
  };
});
