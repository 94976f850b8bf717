import { AwsError } from '../../core/errors';

/** An element: its text when it has no children, else its children in their order. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface OpenElement {
  readonly name: string;
  text: string;
  readonly children: XmlElement[];
}

/** A declaration or comment, a CDATA section, a tag, or text. Document types are refused: they define entities. */
const TOKEN =
  /<\?.*?\?>|<!--.*?-->|<!\[CDATA\[(?<data>.*?)\]\]>|<(?<end>\/?)(?<name>[A-Za-z_][\w.:-]*)(?:\s[^<>]*?)?(?<empty>\/?)>|(?<text>[^<]+)/gsy;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const malformed = (what: string): AwsError => new AwsError('MalformedXML', `the body is not XML: ${what}`);

const decodeEntities = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (entity, hex?: string, decimal?: string, name?: string) => {
      const named = name === undefined ? undefined : NAMED[name];
      if (named !== undefined) return named;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (Number.isNaN(code) || code > 0x10ffff) throw malformed(`the entity ${entity}`);
      return String.fromCodePoint(code);
    },
  );

/** Reads a small XML document strictly; attributes and namespaces are not needed here. */
export const readXml = (document: string): XmlElement => {
  const root: OpenElement = { name: '', text: '', children: [] };
  const open = [root];
  let position = 0;
  for (const token of document.matchAll(TOKEN)) {
    position = token.index + token[0].length;
    const groups: Readonly<Record<string, string | undefined>> = token.groups ?? {};
    const { data, end, name, empty, text } = groups;
    const current = open[open.length - 1];
    if (data !== undefined) current.text += data;
    if (text !== undefined) current.text += decodeEntities(text);
    if (name === undefined) continue;
    if (end === '/') {
      if (current.name !== name) throw malformed(`</${name}> where </${current.name}> is expected`);
      open.pop();
      continue;
    }
    const element: OpenElement = { name, text: '', children: [] };
    current.children.push(element);
    if (empty !== '/') open.push(element);
  }
  if (position < document.length)
    throw malformed(`unreadable from ${JSON.stringify(document.slice(position, position + 20))}`);
  if (open.length > 1) throw malformed(`<${open[open.length - 1].name}> does not end`);
  const [first, ...others] = root.children;
  if (root.children.length === 0 || others.length > 0) throw malformed('it must have one root element');
  return first;
};
