/** What a request is about, by condition key in lower case: keys are not case-sensitive. */
export type Context = ReadonlyMap<string, readonly string[]>;

type Values = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A context of keys and their values; what is undefined is not there. */
export const contextOf = (...parts: readonly Values[]): Context =>
  new Map(
    parts.flatMap((part) =>
      Object.entries(part).flatMap(([key, value]) =>
        value === undefined ? [] : [[key.toLowerCase(), typeof value === 'string' ? [value] : value] as const],
      ),
    ),
  );

const SPECIAL: ReadonlySet<string> = new Set(['*', '?', '$']);

/**
 * A text with `${aws:username}` and such replaced; undefined when a variable is not there, as the text then matches
 * nothing. `${*}` stands for a star that is no wildcard, which nothing here has in its name.
 */
export const withVariables = (text: string, context: Context): string | undefined => {
  if (!text.includes('${')) return text;
  const missing: string[] = [];
  const replaced = text.replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
    if (SPECIAL.has(inner)) return inner;
    const parts = inner.split(/,\s*/);
    const values = context.get((parts.at(0) ?? '').trim().toLowerCase());
    const value = values?.length === 1 ? values.at(0) : parts.at(1)?.replace(/^'|'$/g, '');
    if (value === undefined) missing.push(inner);
    return value ?? '';
  });
  return missing.length > 0 ? undefined : replaced;
};
