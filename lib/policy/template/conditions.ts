import { fieldsOf, isRecord } from './known';

type Evaluate = (raw: unknown) => unknown;

/** Whether a condition of a template holds; nothing if that depends on the deployment. @internal */
export function conditionOf(
  conditions: Readonly<Record<string, unknown>>,
  name: unknown,
  evaluate: Evaluate,
): boolean | undefined {
  const holds = (raw: unknown): boolean | undefined => {
    if (!isRecord(raw)) return undefined;
    const [[key, argument] = ['', undefined]] = Object.entries(raw);
    if (key === 'Condition') return typeof argument === 'string' ? holds(conditions[argument]) : undefined;
    if (!Array.isArray(argument)) return undefined;
    if (key === 'Fn::Equals') return equal(evaluate(argument[0]), evaluate(argument[1]));
    if (key === 'Fn::Not') return not(holds(argument[0]));
    if (key === 'Fn::And') return not(any(argument.map((one) => not(holds(one)))));
    return key === 'Fn::Or' ? any(argument.map(holds)) : undefined;
  };
  return typeof name === 'string' ? holds(fieldsOf(conditions)[name]) : undefined;
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** CloudFormation compares text. */
const equal = (one: unknown, other: unknown): boolean | undefined =>
  isScalar(one) && isScalar(other) ? String(one) === String(other) : undefined;

const not = (holds: boolean | undefined): boolean | undefined => (holds === undefined ? undefined : !holds);

function any(all: readonly (boolean | undefined)[]): boolean | undefined {
  if (all.includes(true)) return true;
  return all.includes(undefined) ? undefined : false;
}
