import { Parts, Reference, UNKNOWN } from './known';

/** Stands around a logical id, or around nothing that is known: a character that no template has. */
const MARK = '\0';

/** JSON in a text, with references in place of what refers to resources. @internal */
export function jsonOf(text: unknown): unknown {
  const parts = text instanceof Parts ? text.all : [text];
  const marked = parts.map((part) => (typeof part === 'string' ? part : markOf(part))).join('');
  try {
    return JSON.parse(marked, (_, value: unknown) => (typeof value === 'string' ? unmarked(value) : value));
  } catch {
    return UNKNOWN;
  }
}

const markOf = (part: unknown): string => {
  const mark = JSON.stringify(MARK).slice(1, -1);
  return `${mark}${part instanceof Reference ? part.logicalId : ''}${mark}`;
};

/** Every other piece is what stood between marks. */
function unmarked(text: string): unknown {
  const pieces = text.split(MARK).map((piece, index) => {
    if (index % 2 === 0) return piece;
    return piece === '' ? UNKNOWN : new Reference(piece);
  });
  const parts = pieces.filter((piece) => piece !== '');
  return parts.length > 1 ? new Parts(parts) : (parts.at(0) ?? '');
}
