const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// Control characters too: a reader would turn a carriage return into a line feed.
const SPECIAL = /[&<>"']|[^\P{Cc}\t\n]/gu;

/** Text as XML content. */
export const escapeXml = (text: string): string =>
  text.replace(SPECIAL, (character) => ENTITIES[character] ?? `&#x${character.charCodeAt(0).toString(16)};`);

/** One element; `content` is XML already. */
export const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

/** A scalar as XML content: dates in ISO 8601, bytes in base64. */
export const scalar = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return escapeXml(String(value));
};

/** The first line of a document. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
