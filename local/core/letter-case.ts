import type { Input } from './service';
import { isRecord } from './json';

/** Maps whose keys belong to the user: names inside are never changed. */
const FREE_FORM: ReadonlySet<string> = new Set([
  ...['Annotations', 'CapacityTags', 'DriverOpts', 'Labels', 'Limits', 'Options', 'Parameters', 'Requests', 'Tags'],
]);

export const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const camelValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(camelValue);
  return isRecord(value) ? camelCase(value) : value;
};

/** `{ PascalCase }` of a template or a target as the `{ camelCase }` of an API, at every depth. */
export const camelCase = (properties: Input): Input =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      lowerFirst(name),
      FREE_FORM.has(name) ? value : camelValue(value),
    ]),
  );
