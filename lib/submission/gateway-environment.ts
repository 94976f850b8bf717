import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { isIntrinsic } from '../private/intrinsics';

/** Most bytes of all environment variables of a function (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html). */
export const MAX_ENVIRONMENT_BYTES = 4_096;

/** What the environment of a function takes: the least, and about how much with what CloudFormation fills in. @internal */
export interface EnvironmentBytes {
  readonly least: number;
  readonly about: number;
}

/** Bytes of a name that CloudFormation makes, of an ARN with one, and of what says where a stack is. */
const BYTES = { name: 60, arn: 100, place: 12 } as const;

/** Measures names and values of all variables. @internal */
export function environmentBytes(submit: lambda.IFunction): EnvironmentBytes {
  const resource = submit.node.defaultChild;
  const environment: unknown = lambda.CfnFunction.isCfnFunction(resource) ? resource.environment : undefined;
  const resolved: unknown = Stack.of(submit).resolve(environment);
  const variables = entriesOf(resolved).flatMap(([, all]) => entriesOf(all));
  const sum = (estimate: (part: object) => number) =>
    variables.reduce((bytes, [name, value]) => bytes + Buffer.byteLength(name) + textBytes(value, estimate), 0);
  return { least: sum(() => 0), about: sum(estimatedPart) };
}

function textBytes(value: unknown, estimate: (part: object) => number): number {
  if (!isIntrinsic(value)) return Buffer.byteLength(String(value));
  const [[name, parts]] = entriesOf(value);
  if (name !== 'Fn::Join' || !Array.isArray(parts)) return estimate(value);
  const join: readonly unknown[] = parts;
  const [separator, texts] = join;
  if (!Array.isArray(texts)) return estimate(value);
  const between = Math.max(texts.length - 1, 0) * Buffer.byteLength(String(separator));
  return texts.reduce((bytes: number, text: unknown) => bytes + textBytes(text, estimate), between);
}

function estimatedPart(part: object): number {
  const text = JSON.stringify(part);
  if (text.startsWith('{"Ref":"AWS::')) return BYTES.place;
  const isSelected = text.startsWith('{"Fn::Select"');
  return text.includes('Arn') && !isSelected ? BYTES.arn : BYTES.name;
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
