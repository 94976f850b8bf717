const HIDDEN = '***';

/** Shorter values are no secrets, and occur in any text. */
const SHORTEST_SECRET = 4;

/** Values of parameters and of environments, wherever a request has them. */
const valuesOf = (request: object): readonly string[] => {
  const values = new Set<string>();
  JSON.stringify(request, (name, value: unknown) => {
    if (name === 'value' && typeof value === 'string') values.add(value);
    if (name === 'parameters' && typeof value === 'object' && value !== null) {
      for (const parameter of Object.values(value)) values.add(String(parameter));
    }
    return value;
  });
  // A value that is part of another one must not tear it apart.
  return [...values].filter(({ length }) => length >= SHORTEST_SECRET).sort((one, other) => other.length - one.length);
};

/** What AWS says of a request, without the values that it repeats, as they are or as JSON. */
export const withoutValues = (message: string, request: object): string => {
  const unquoted = message.replace(/Value '[\s\S]*' at '/g, `Value '${HIDDEN}' at '`);
  return valuesOf(request).reduce(
    (text, value) => text.replaceAll(value, HIDDEN).replaceAll(JSON.stringify(value).slice(1, -1), HIDDEN),
    unquoted,
  );
};
