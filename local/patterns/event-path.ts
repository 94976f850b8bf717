import { AwsError } from '../core/errors';
import { member } from './json';

type Step = (values: readonly unknown[]) => readonly unknown[];

const SYNTAX = /^\$(?:\.(?:\*|[\w/-]+(?: [\w/-]+)*)|\[(?:\d+|\*|'[^']+')\])*$/;
const PART = /\.(\*|[\w/-]+(?: [\w/-]+)*)|\[(?:(\d+|\*)|'([^']+)')\]/g;

const all = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
};

const pick =
  (name: string): Step =>
  (values) =>
    values.map((value) => member(value, name)).filter((value) => value !== undefined);

const at =
  (index: number): Step =>
  (values) =>
    values
      .map((value): unknown => (Array.isArray(value) ? value.at(index) : undefined))
      .filter((value) => value !== undefined);

/** The part of JSONPath that EventBridge has: names, array indices and wildcards. Absent is undefined. */
export const compilePath = (path: string): ((event: unknown) => unknown) => {
  if (!SYNTAX.test(path)) {
    throw new AwsError(
      'ValidationException',
      `Invalid JSON path '${path}': it takes names, [0] and *, as in $.detail.bucket.name or $.resources[0]`,
    );
  }
  let many = false;
  const steps = [...path.matchAll(PART)].map((match): Step => {
    const name = match.at(1);
    const index = match.at(2);
    if (name === '*' || index === '*') {
      many = true;
      return (values) => values.flatMap(all);
    }
    return index === undefined ? pick(name ?? match.at(3) ?? '') : at(Number(index));
  });
  return (event) => {
    const found = steps.reduce<readonly unknown[]>((values, step) => step(values), [event]);
    return many ? found : found.at(0);
  };
};
