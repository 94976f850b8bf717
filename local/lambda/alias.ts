import { randomUUID } from 'node:crypto';
import { AwsError, notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import type { Input, Output } from '../core/service';
import { invalidParameter } from './configuration';
import type { LambdaFunction } from './function';

/** Another name of a function, with a resource policy of its own. */
export interface Alias {
  readonly name: string;
  readonly description: string;
  readonly revisionId: string;
  /** Statements of its resource policy, by id. */
  readonly statements: ReadonlyMap<string, Input>;
}

/** A function as a caller has named it. */
export interface NamedFunction {
  readonly fn: LambdaFunction;
  readonly alias?: Alias;
  /** With the alias or the version, if one was named. */
  readonly arn: string;
}

const NAME = /^(?!\d+$)[A-Za-z0-9_-]{1,128}$/;

/** There are no versions but the one that everybody runs. */
const checkTarget = (input: Reader): void => {
  const version = input.optionalText('FunctionVersion') ?? '$LATEST';
  if (version !== '$LATEST') throw notSupported(`versions of functions (FunctionVersion ${version})`, 'use $LATEST');
  if (input.has('RoutingConfig')) throw notSupported('aliases of two versions (RoutingConfig)');
};

const missing = (fn: LambdaFunction, name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Cannot find alias arn: ${fn.arn}:${name}`, 404);

/** The aliases of a function with one more. */
export const withAlias = (fn: LambdaFunction, input: Reader): LambdaFunction['aliases'] => {
  const name = input.text('Name');
  input.text('FunctionVersion');
  checkTarget(input);
  if (!NAME.test(name)) {
    const rule = 'must have 1 to 128 letters, digits, hyphens or underscores, and not digits alone';
    throw invalidParameter(`'Name' ${rule}, got '${name}'`);
  }
  if (fn.aliases?.has(name) === true) {
    throw new AwsError('ResourceConflictException', `Alias already exists: ${fn.arn}:${name}`, 409);
  }
  const description = input.optionalText('Description') ?? '';
  return new Map([
    ...(fn.aliases ?? []),
    [name, { name, description, revisionId: randomUUID(), statements: new Map() }],
  ]);
};

export const aliasIn = (fn: LambdaFunction, name: string): Alias => {
  const alias = fn.aliases?.get(name);
  if (alias === undefined) throw missing(fn, name);
  return alias;
};

/** The aliases of a function, of which one has changed. */
export const withChangedAlias = (fn: LambdaFunction, input: Reader): LambdaFunction['aliases'] => {
  const alias = aliasIn(fn, input.text('Name'));
  checkTarget(input);
  const description = input.optionalText('Description') ?? alias.description;
  return new Map([...(fn.aliases ?? []), [alias.name, { ...alias, description, revisionId: randomUUID() }]]);
};

/** The aliases of a function with one less; AWS Lambda does not mind when there is none of that name. */
export const withoutAlias = (fn: LambdaFunction, name: string): LambdaFunction['aliases'] =>
  new Map([...(fn.aliases ?? [])].filter(([other]) => other !== name));

export const describeAlias = (fn: LambdaFunction, { name, description, revisionId }: Alias): Output => ({
  ...{ AliasArn: `${fn.arn}:${name}`, Name: name, FunctionVersion: '$LATEST' },
  ...{ Description: description, RevisionId: revisionId },
});
