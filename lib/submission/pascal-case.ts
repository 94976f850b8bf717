import { Token } from 'aws-cdk-lib';

/** A value as state machines and schedules write it: the names of all fields begin with a capital letter. @internal */
export function toPascalCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPascalCase);
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      toPascalCase(inner),
    ]),
  );
}
