import { PatternError } from './pattern-error';

/** The texts between the stars. */
const segmentsOf = (pattern: string): readonly string[] => {
  const segments = [''];
  const append = (text: string): void => {
    segments.push(`${segments.pop() ?? ''}${text}`);
  };
  for (const part of pattern.match(/\\[\s\S]?|\*+|[^\\*]+/g) ?? []) {
    if (part === '*') segments.push('');
    else if (part.startsWith('*')) {
      throw new PatternError(`"wildcard" has consecutive * in ${JSON.stringify(pattern)}`);
    } else if (!part.startsWith('\\')) append(part);
    else if (part === '\\*' || part === '\\\\') append(part.slice(1));
    else throw new PatternError(`"wildcard" escapes only \\* and \\\\, got ${JSON.stringify(pattern)}`);
  }
  return segments;
};

/** `*` stands for any text; `\*` and `\\` for themselves. Takes linear time, unlike a regular expression. */
export const wildcardTest = (pattern: string): ((text: string) => boolean) => {
  const segments = segmentsOf(pattern);
  const first = segments[0] ?? '';
  const last = segments.at(-1) ?? '';
  if (segments.length === 1) return (text) => text === first;
  const inner = segments.slice(1, -1);
  return (text) => {
    const end = text.length - last.length;
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let position = first.length;
    for (const segment of inner) {
      const found = text.indexOf(segment, position);
      if (found < 0) return false;
      position = found + segment.length;
    }
    return position <= end;
  };
};
