import { AspectPriority, Aspects, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { warn } from './check';
import { isIntrinsic } from './intrinsics';
import { AS_SUB, written } from './written';

/** A statement, as JSON to copy, and what happens without it. */
interface Need {
  readonly statement: Readonly<Record<string, unknown>>;
  readonly otherwise: string;
}

const needs = new WeakMap<kms.IKey, Need[]>();

/**
 * Says that the policy of an imported key, which is not ours to change, must have a statement: one warning tells all of them
 * at the end of synthesis.
 * @internal
 */
export function askOfImportedKey(
  scope: IConstruct,
  key: kms.IKey,
  statement: iam.PolicyStatement,
  otherwise: string,
): void {
  const resolved: unknown = Stack.of(scope).resolve(statement.toStatementJson());
  const need = { statement: copyable(resolved), otherwise };
  const known = needs.get(key);
  if (known !== undefined) {
    known.push(need);
    return;
  }
  const all = [need];
  needs.set(key, all);
  const visit = (node: IConstruct): void => {
    if (node === key) warn(key, messageOf(key, widest(all)), 'key-policy');
  };
  Aspects.of(key).add({ visit }, { priority: AspectPriority.READONLY });
}

function messageOf(key: kms.IKey, all: readonly Need[]): string {
  const lost = [...new Set(all.map(({ otherwise }) => otherwise))].map((otherwise) => {
    const sids = all.filter((one) => one.otherwise === otherwise).flatMap(({ statement: { Sid } }) => sidOf(Sid));
    return sids.length === 0 ? otherwise : `${otherwise} (${sids.join(', ')})`;
  });
  const statements = all.map(({ statement }) => `  ${JSON.stringify(statement)}`).join(',\n');
  return (
    'the policy of this key cannot be changed from here: add the statements that it does not have yet, or ' +
    `${lost.join('; ')}${isOfAws(key) ? '; keys of AWS cannot have them: use a key of your own' : ''}\n` +
    `"Statement": [\n${statements}\n]`
  );
}

const sidOf = (sid: unknown): string[] => (typeof sid === 'string' ? [sid] : []);

const isOfAws = (key: kms.IKey): boolean => 'aliasName' in key && String(key.aliasName).startsWith('alias/aws/');

/** Those that no other one contains, each once. */
const widest = (all: readonly Need[]): Need[] =>
  all.filter(({ statement }, index) =>
    all.every(
      (other, place) =>
        place === index ||
        !isWithin(statement, other.statement) ||
        (place > index && isWithin(other.statement, statement)),
    ),
  );

/** Whether all that `one` allows is allowed by `other`: fewer values of the same lists. */
function isWithin(one: unknown, other: unknown): boolean {
  if (isRecord(one) && isRecord(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].every((name) => name === 'Sid' || isWithin(one[name], other[name]));
  }
  return [one].flat().every((value) => [other].flat().includes(value));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** With deploy-time values as `Fn::Sub` has them. */
function copyable(statement: unknown): Record<string, unknown> {
  const text = JSON.stringify(statement, (_, value: unknown) => (isIntrinsic(value) ? written(value, AS_SUB) : value));
  const copy: unknown = JSON.parse(text);
  return isRecord(copy) ? copy : {};
}
