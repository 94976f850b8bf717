import type { Value } from './template';

/** Bytes of a value as JSON without what is known at deploy time only: a lower bound. @internal */
export function literalBytes(value: Value): number {
  const { fields, items, text } = value;
  if (text !== undefined) return Buffer.byteLength(text);
  if (fields.length > 0) {
    return fields.reduce((sum, [name, one]) => sum + JSON.stringify(name).length + 2 + literalBytes(one), 1);
  }
  return (items ?? []).reduce((sum, one) => sum + 1 + literalBytes(one), 1);
}
