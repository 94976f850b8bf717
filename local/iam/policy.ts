import { AwsError } from '../core/errors';
import { isRecord } from '../core/json';

/** A statement of a policy; lists where the language allows one value as well. */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[] | undefined;
  readonly notActions: readonly string[] | undefined;
  readonly resources: readonly string[] | undefined;
  readonly notResources: readonly string[] | undefined;
  readonly principals: Principals | undefined;
  readonly notPrincipals: Principals | undefined;
  readonly conditions: readonly Condition[];
}

/** Whom a statement is about: by kind, `*` for everybody. */
export type Principals = '*' | ReadonlyMap<string, readonly string[]>;

/** One key of one operator: `StringLike`, `s3:prefix`, its values. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A policy, and what to call it. */
export interface Policy {
  readonly name: string;
  readonly statements: readonly Statement[];
}

const malformed = (message: string): AwsError => new AwsError('MalformedPolicyDocument', message);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const textsOf = (name: string, value: unknown): readonly string[] | undefined => {
  if (value === undefined) return undefined;
  return listOf(value).map((entry) => {
    if (typeof entry === 'string') return entry;
    throw malformed(`${name} must be text or a list of texts, got ${JSON.stringify(entry)}`);
  });
};

const principalsOf = (name: string, value: unknown): Principals | undefined => {
  if (value === undefined || value === '*') return value;
  if (!isRecord(value)) throw malformed(`${name} must be "*" or an object, got ${JSON.stringify(value)}`);
  return new Map(Object.entries(value).map(([kind, names]) => [kind, textsOf(name, names) ?? []]));
};

/** Values may be numbers and booleans, and are compared as text. */
const conditionsOf = (value: unknown): readonly Condition[] => {
  if (value === undefined) return [];
  if (!isRecord(value)) throw malformed('Condition must be an object');
  return Object.entries(value).flatMap(([operator, keys]) => {
    if (!isRecord(keys)) throw malformed(`Condition ${operator} must be an object`);
    return Object.entries(keys).map(([key, values]) => ({ operator, key, values: listOf(values).map(String) }));
  });
};

const statementOf = (value: unknown): Statement => {
  if (!isRecord(value)) throw malformed(`Statement must be an object, got ${JSON.stringify(value)}`);
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = value;
  if (Effect !== 'Allow' && Effect !== 'Deny') {
    throw malformed(`Effect must be Allow or Deny, got ${JSON.stringify(Effect)}`);
  }
  if ((Action === undefined) === (NotAction === undefined)) throw malformed('Statement must have Action or NotAction');
  return {
    sid: typeof Sid === 'string' ? Sid : undefined,
    effect: Effect,
    actions: textsOf('Action', Action),
    notActions: textsOf('NotAction', NotAction),
    resources: textsOf('Resource', Resource),
    notResources: textsOf('NotResource', NotResource),
    principals: principalsOf('Principal', Principal),
    notPrincipals: principalsOf('NotPrincipal', NotPrincipal),
    conditions: conditionsOf(Condition),
  };
};

/** Reads a policy, as an object or as JSON; throws MalformedPolicyDocument for what is none. */
export const readPolicy = (name: string, document: unknown): Policy => {
  if (typeof document === 'string') {
    try {
      const parsed: unknown = JSON.parse(document);
      return readPolicy(name, parsed);
    } catch (error) {
      if (error instanceof AwsError) throw error;
      throw malformed('Syntax errors in policy.');
    }
  }
  if (!isRecord(document)) throw malformed('Syntax errors in policy.');
  return { name, statements: listOf(document.Statement ?? []).map(statementOf) };
};
