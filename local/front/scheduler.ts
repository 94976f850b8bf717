import { notSupported } from '../core/errors';
import { parseJson } from './json-body';
import type { Protocol } from './protocol';
import { restJson } from './rest-json';

const PATH = /^\/(schedules|schedule-groups|v1\/pipes)(?:\/([^/]+))?$/;
const NOUNS: ReadonlyMap<string, string> = new Map([
  ['schedules', 'Schedule'],
  ['schedule-groups', 'ScheduleGroup'],
  ['v1/pipes', 'Pipe'],
]);
const VERBS: ReadonlyMap<string, string> = new Map([
  ['POST', 'Create'],
  ['GET', 'Get'],
  ['PUT', 'Update'],
  ['DELETE', 'Delete'],
]);

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** EventBridge Scheduler and Pipes: the path names a schedule, a group or a pipe, the method what to do with it. */
export const scheduler: Protocol = restJson(({ method, path, query, body }, operations) => {
  const match = PATH.exec(path);
  const noun = NOUNS.get(match?.at(1) ?? '') ?? '';
  const name = match?.at(2);
  const wanted = name === undefined ? `List${noun}s` : `${VERBS.get(method) ?? ''}${noun}`;
  const operation = wanted === 'GetPipe' ? 'DescribePipe' : wanted;
  if (match === null || !operations.includes(operation)) throw notSupported(`${method} ${path}`);
  const parameters = Object.fromEntries([...query].map(([key, value]) => [upperFirst(key), value]));
  return {
    operation,
    input: { ...parameters, ...parseJson(body), ...(name === undefined ? {} : { Name: decodeURIComponent(name) }) },
  };
});
