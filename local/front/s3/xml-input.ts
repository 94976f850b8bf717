import type { Input } from '../../core/service';
import { FLAT_MEMBERS, WRAPPED_ELEMENTS } from './names';
import { readXml, type XmlElement } from './xml-reader';

/** Names of roots that are not the member of the API. */
const ROOTS: ReadonlyMap<string, string> = new Map([['CompleteMultipartUpload', 'MultipartUpload']]);

const valueOf = (element: XmlElement): unknown =>
  element.children.length === 0 ? element.text : structureOf(element.children);

const structureOf = (elements: readonly XmlElement[]): Input => {
  const members = new Map<string, unknown>();
  const lists = new Map<string, unknown[]>();
  const append = (list: string, value: unknown): void => {
    const values = lists.get(list);
    if (values === undefined) lists.set(list, [value]);
    else values.push(value);
  };
  for (const element of elements) {
    const list = FLAT_MEMBERS.get(element.name);
    if (list !== undefined) append(list, valueOf(element));
    else if (WRAPPED_ELEMENTS.has(element.name)) members.set(element.name, element.children.map(valueOf));
    else members.set(element.name, valueOf(element));
  }
  return Object.fromEntries([...members, ...lists]);
};

/** Reads an XML body as the member of the API that its root names; an empty root is an empty structure. */
export const parseXml = (text: string): Input => {
  const root = readXml(text);
  return { [ROOTS.get(root.name) ?? root.name]: structureOf(root.children) };
};
