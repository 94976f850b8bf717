import { camelCase } from '../core/letter-case';
import type { Reader } from '../core/reader';
import type { Input } from '../core/service';
import { compilePath } from '../patterns/event-path';
import { isRecord } from '../core/json';
import type { SourceMessage } from '../polling/queue-record';

/** Makes a value of a message. */
type Template = (message: SourceMessage) => unknown;

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A text that is a path, as a whole, stands for what is there; `$.body.` leads into a body that is JSON. */
const pathTemplate = (path: string): Template => {
  const select = compilePath(path);
  return ({ record, body }) => {
    const value = select(record) ?? select({ ...record, body: jsonOf(body) });
    if (value === undefined) throw new Error(`the message has nothing at ${path}`);
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html#pipes-targets-specific-parms */
const templateOf = (value: unknown): Template => {
  if (typeof value === 'string') return value.startsWith('$.') ? pathTemplate(value) : () => value;
  if (Array.isArray(value)) {
    const items = value.map(templateOf);
    return (message) => items.map((item) => item(message));
  }
  return isRecord(value) ? membersOf(value) : () => value;
};

const membersOf = (values: Input): ((message: SourceMessage) => Input) => {
  const members = Object.entries(values).map(([name, item]) => [name, templateOf(item)] as const);
  return (message) => Object.fromEntries(members.map(([name, item]) => [name, item(message)]));
};

/** What SubmitJob gets for a message. */
export const submissionOf = (jobQueue: string, parameters: Reader): ((message: SourceMessage) => Input) => {
  parameters.text('JobDefinition');
  parameters.text('JobName');
  const submission = membersOf(camelCase(parameters.values));
  return (message) => ({ ...submission(message), jobQueue });
};
