/** The kinds of value that JSON has no word for, under a member that nothing else has. */
const KIND = '$kind';

interface Tagged {
  readonly [KIND]: string;
  readonly value: unknown;
}

const isTagged = (value: unknown): value is Tagged =>
  typeof value === 'object' && value !== null && KIND in value && 'value' in value;

const tagged = (kind: string, value: unknown): Tagged => ({ [KIND]: kind, value });

/** JSON that also holds dates, maps, sets and bytes. */
export const writePlain = (thing: unknown): string =>
  JSON.stringify(thing, function (this: unknown, key: string, value: unknown): unknown {
    // A date has turned itself into text by now; where it came from, it still is one.
    const original: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value;
    if (original instanceof Date) return tagged('date', original.getTime());
    if (original instanceof Map) return tagged('map', [...original]);
    if (original instanceof Set) return tagged('set', [...original]);
    if (original instanceof Uint8Array) return tagged('bytes', Buffer.from(original).toString('base64'));
    return value;
  });

const entriesOf = (value: unknown): [unknown, unknown][] =>
  Array.isArray(value)
    ? value.map((entry: unknown) => (Array.isArray(entry) ? [entry[0], entry[1]] : [entry, entry]))
    : [];

const revived = ({ [KIND]: kind, value }: Tagged): unknown => {
  if (kind === 'date' && typeof value === 'number') return new Date(value);
  if (kind === 'map') return new Map(entriesOf(value));
  if (kind === 'set') return new Set(Array.isArray(value) ? value : []);
  return kind === 'bytes' && typeof value === 'string' ? Buffer.from(value, 'base64') : value;
};

/** Reads what `writePlain` wrote; throws what `JSON.parse` throws. */
export const readPlain = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) => (isTagged(value) ? revived(value) : value));
