import { element, escapeXml, scalar } from './xml';

/** How the answers of a service differ from the plain query protocol. */
export interface QueryStyle {
  /** Name of a list's elements. */
  readonly item: string;
  /** Members that are maps and not structures: the wire tells them apart, the values do not. */
  readonly maps: ReadonlySet<string>;
  /** The wire's name of a member. */
  readonly nameOf: (member: string) => string;
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

const renderContent = (member: string, value: unknown, style: QueryStyle): string => {
  if (Array.isArray(value)) {
    return value.map((entry) => element(style.item, renderContent(style.item, entry, style))).join('');
  }
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) {
    return scalar(value);
  }
  if (style.maps.has(member)) {
    return Object.entries(value)
      .map(([key, entry]) => element('entry', element('key', escapeXml(key)) + element('value', scalar(entry))))
      .join('');
  }
  return renderMembers(value, style);
};

/** The members of a structure as elements; absent ones leave nothing. */
export const renderMembers = (members: object, style: QueryStyle): string =>
  Object.entries(members)
    .filter(([, value]) => isPresent(value))
    .map(([member, value]) => element(style.nameOf(member), renderContent(member, value, style)))
    .join('');
