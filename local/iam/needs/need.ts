import type { Input } from '../../core/service';
import type { World } from '../../core/world';
import { isRecord } from '../../core/json';

/** One action that a call takes, on resources that must all be allowed. */
export interface Need {
  readonly action: string;
  readonly resources: readonly string[];
  /** Condition keys of this action. */
  readonly context?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What an operation of a service takes. */
export type NeedsOf = (operation: string, input: Input, world: World) => readonly Need[];

/** A text of an input; what is no text is nothing, and refused later by its service. */
export const textIn = (input: Input, name: string): string => {
  const value = input[name];
  return typeof value === 'string' ? value : '';
};

const listIn = (input: Input, name: string): readonly unknown[] => {
  const value = input[name];
  return Array.isArray(value) ? value : [];
};

export const recordIn = (input: Input, name: string): Input => {
  const value = input[name];
  return isRecord(value) ? value : {};
};

export const recordsIn = (input: Input, name: string): readonly Input[] => listIn(input, name).filter(isRecord);

export const textsIn = (input: Input, name: string): readonly string[] =>
  listIn(input, name).filter((each) => typeof each === 'string');

/** A name in an ARN of a service, unless it is one already. */
export const arnIn = (world: World, service: string, kind: string, name: string): string =>
  name.startsWith('arn:') ? name : world.arn(service, `${kind}${name}`);

/** The keys of tags that a request sets. */
export const tagContext = (tags: Input): NonNullable<Need['context']> => ({
  'aws:TagKeys': Object.keys(tags).length === 0 ? undefined : Object.keys(tags),
  ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, String(value)])),
});

/** The right to hand a role to a service. */
export const passRole = (service: string, ...roleArns: readonly string[]): readonly Need[] =>
  roleArns
    .filter((arn) => arn !== '')
    .map((arn) => ({ action: 'iam:PassRole', resources: [arn], context: { 'iam:PassedToService': service } }));
