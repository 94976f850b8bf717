/** An object whose fields have not been checked yet. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks a value of which nothing is known yet.
 *
 * @throws Error that names `where` it stands, what it must be and what it is
 */
export type Read<Value> = (value: unknown, where: string) => Value;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (where: string, expected: string, value: unknown): Error =>
  new Error(`'${where}' must be ${expected}, got ${value === undefined ? 'nothing' : JSON.stringify(value)}`);

export const object: Read<Fields> = (value, where) => {
  if (isFields(value)) return value;
  throw wrong(where, 'an object', value);
};

export const text: Read<string> = (value, where) => {
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(where, 'a text', value);
};

/** One that may be empty, as the value of a tag. */
export const anyText: Read<string> = (value, where) => {
  if (typeof value === 'string') return value;
  throw wrong(where, 'a text', value);
};

export const number: Read<number> = (value, where) => {
  if (typeof value === 'number') return value;
  throw wrong(where, 'a number', value);
};

export const flag: Read<boolean> = (value, where) => {
  if (typeof value === 'boolean') return value;
  throw wrong(where, 'true or false', value);
};

export const oneOf =
  <Name extends string>(names: readonly Name[]): Read<Name> =>
  (value, where) => {
    const name = names.find((each) => each === value);
    if (name !== undefined) return name;
    throw wrong(where, `one of ${names.join(', ')}`, value);
  };

export const optional =
  <Value>(read: Read<Value>): Read<Value | undefined> =>
  (value, where) =>
    value === undefined ? undefined : read(value, where);

export const listOf =
  <Value>(read: Read<Value>): Read<readonly Value[]> =>
  (value, where) => {
    if (!Array.isArray(value)) throw wrong(where, 'a list', value);
    return value.map((each, index) => read(each, `${where}[${index}]`));
  };

export const recordOf =
  <Value>(read: Read<Value>): Read<Readonly<Record<string, Value>>> =>
  (value, where) =>
    Object.fromEntries(
      Object.entries(object(value, where)).map(([name, each]) => [name, read(each, `${where}.${name}`)]),
    );
