import { isRecord } from './json';
import type { Input } from './service';

/** Maps whose keys belong to the user: names inside are never changed. A list of that name is the API's. */
const FREE_FORM: ReadonlySet<string> = new Set([
  ...['annotations', 'capacityTags', 'driverOpts', 'labels', 'limits', 'options', 'parameters', 'requests', 'tags'],
]);

export const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const renamedValue = (value: unknown, rename: (name: string) => string): unknown => {
  if (Array.isArray(value)) return value.map((entry) => renamedValue(entry, rename));
  return isRecord(value) ? renamed(value, rename) : value;
};

const renamed = (properties: Input, rename: (name: string) => string): Input =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      rename(name),
      FREE_FORM.has(lowerFirst(name)) && isRecord(value) ? value : renamedValue(value, rename),
    ]),
  );

/** As APIs such as that of AWS Batch name their members, at every depth: `jobName`. */
export const camelCase = (properties: Input): Input => renamed(properties, lowerFirst);

/** As CloudFormation, targets and Step Functions name all members, at every depth: `JobName`. */
export const pascalCase = (properties: Input): Input => renamed(properties, upperFirst);
