import { isRecord } from '../core/json';

/** A JSON value without members: what patterns compare with. */
export type Leaf = string | number | boolean | null;

export const isLeaf = (value: unknown): value is Leaf =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** A member of a JSON object; inherited names such as `constructor` are not members. */
export const member = (value: unknown, name: string): unknown =>
  isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;

/** The leaves of a value: itself, or those of an array at any depth. Objects have none. */
export const leavesOf = (value: unknown): readonly Leaf[] => {
  if (isLeaf(value)) return [value];
  return Array.isArray(value) ? value.flatMap(leavesOf) : [];
};

/** Whether there is a leaf at a path, looking into every element of the arrays on the way. */
export const hasLeafAt = (value: unknown, path: readonly string[]): boolean => {
  if (Array.isArray(value)) return value.some((element) => hasLeafAt(element, path));
  const name = path.at(0);
  return name === undefined ? isLeaf(value) : hasLeafAt(member(value, name), path.slice(1));
};
