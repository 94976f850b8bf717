import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { notSupported } from '../core/errors';
import { matchesWildcard } from '../core/wildcard';
import { type Context, withVariables } from './context';
import type { Condition } from './policy';

/** Whether a value of the request is as a value of the policy wants. */
type Comparison = (actual: string, wanted: string) => boolean;

/** Parts of an ARN are compared one by one: a star does not reach over a colon before the resource. */
const arnMatches: Comparison = (actual, wanted) => {
  const split = (arn: string): readonly string[] => {
    const parts = arn.split(':');
    return [...parts.slice(0, 5), parts.slice(5).join(':')];
  };
  const actualParts = split(actual);
  return split(wanted).every((part, index) => matchesWildcard(part, actualParts[index] ?? ''));
};

const numeric =
  (compare: (actual: number, wanted: number) => boolean): Comparison =>
  (actual, wanted) =>
    compare(Number(actual), Number(wanted));

const timeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));

const dated =
  (compare: (actual: number, wanted: number) => boolean): Comparison =>
  (actual, wanted) =>
    compare(timeOf(actual), timeOf(wanted));

const inRange: Comparison = (actual, wanted) => {
  const parts = wanted.split('/');
  const network = parts.at(0) ?? '';
  const bits = parts.at(1);
  const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined);
  const family = familyOf(network);
  if (family === undefined || familyOf(actual) !== family) return false;
  const range = new BlockList();
  range.addSubnet(network, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  return range.check(actual, family);
};

const same: Comparison = (actual, wanted) => actual === wanted;
const sameText: Comparison = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const like: Comparison = (actual, wanted) => matchesWildcard(wanted, actual);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>(
  Object.entries({
    stringequals: same,
    stringequalsignorecase: sameText,
    stringlike: like,
    arnequals: arnMatches,
    arnlike: arnMatches,
    bool: sameText,
    binaryequals: same,
    numericequals: numeric((actual, wanted) => actual === wanted),
    numericlessthan: numeric((actual, wanted) => actual < wanted),
    numericlessthanequals: numeric((actual, wanted) => actual <= wanted),
    numericgreaterthan: numeric((actual, wanted) => actual > wanted),
    numericgreaterthanequals: numeric((actual, wanted) => actual >= wanted),
    dateequals: dated((actual, wanted) => actual === wanted),
    datelessthan: dated((actual, wanted) => actual < wanted),
    datelessthanequals: dated((actual, wanted) => actual <= wanted),
    dategreaterthan: dated((actual, wanted) => actual > wanted),
    dategreaterthanequals: dated((actual, wanted) => actual >= wanted),
    ipaddress: inRange,
  }),
);

/** `StringNotLike` and `NotIpAddress` are their counterparts turned round. */
const comparisonOf = (name: string): { readonly compare: Comparison; readonly isNegated: boolean } => {
  const compare = COMPARISONS.get(name);
  if (compare !== undefined) return { compare, isNegated: false };
  const negated = COMPARISONS.get(name.replace('not', ''));
  if (negated === undefined) throw notSupported(`the condition operator '${name}'`);
  return { compare: negated, isNegated: true };
};

const FORM = /^(?:(forallvalues|foranyvalue):)?(\w+?)(ifexists)?$/;

/** Whether a condition holds for a request. */
export const conditionHolds = ({ operator, key, values }: Condition, context: Context): boolean => {
  const form = FORM.exec(operator.toLowerCase());
  const quantifier = form?.at(1);
  const name = form?.at(2) ?? '';
  const actual = context.get(key.toLowerCase());
  if (name === 'null') return values.some((value) => (value.toLowerCase() === 'true') === (actual === undefined));
  const { compare, isNegated } = comparisonOf(name);
  if (actual === undefined || actual.length === 0) {
    // No value at all is fine for every value, for a negated operator and for ...IfExists, and for nothing else.
    return quantifier === undefined ? isNegated || form?.at(3) !== undefined : quantifier === 'forallvalues';
  }
  const wanted = values.flatMap((value) => withVariables(value, context) ?? []);
  const fits = (value: string): boolean => wanted.some((one) => compare(value, one)) !== isNegated;
  const isForAll = quantifier === 'forallvalues' || (quantifier === undefined && isNegated);
  return isForAll ? actual.every(fits) : actual.some(fits);
};
