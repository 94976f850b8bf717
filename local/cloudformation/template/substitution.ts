import { templateError } from './errors';
import { isRecord } from '../../core/json';
import { isList } from './json';

/** The text of `Fn::Sub` and the values that it brings along. */
export interface Substitution {
  readonly text: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const placeholder = /\$\{(!?)([^${}]*)\}/g;

export const substitutionOf = (argument: unknown): Substitution => {
  if (typeof argument === 'string') return { text: argument, values: {} };
  if (isList(argument)) {
    const [text, values, ...rest] = argument;
    if (typeof text === 'string' && isRecord(values) && rest.length === 0) return { text, values };
  }
  throw templateError('Fn::Sub takes a string, or a list of a string and a map');
};

/** Names between `${` and `}`, without the `${!literal}` ones. */
export const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(placeholder)].flatMap(([, literal, name]) => (literal === '' ? [name.trim()] : []));

export const substitute = (text: string, valueOf: (name: string) => string): string =>
  text.replaceAll(placeholder, (_, literal: string, name: string) =>
    literal === '!' ? `\${${name}}` : valueOf(name.trim()),
  );
