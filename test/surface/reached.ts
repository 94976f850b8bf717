import { schemaOf, type SchemaNodes } from '../support/service-spec';
import { intrinsicOf, isRecord, resourcesOf } from '../support/template';

/** A property path together with the type that has it. */
export const pathOf = (type: string, path: string): string => `${type} ${path}`;

/** The property paths of the given types that occur in a template. */
export function reachedBy(template: unknown, types: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const { Type, Properties } of resourcesOf(template).values()) {
    if (types.includes(Type)) walk(Properties, schemaOf(Type), Type, reached);
  }
  return reached;
}

function walk(value: Readonly<Record<string, unknown>>, nodes: SchemaNodes, type: string, reached: Set<string>): void {
  for (const [name, inner] of Object.entries(value)) {
    const node = nodes.get(name);
    if (node === undefined) throw new Error(`${type} has no property '${name}' beside ${[...nodes.keys()].join(', ')}`);
    if (isRecord(inner) && inner.Ref === 'AWS::NoValue') continue;
    reached.add(pathOf(type, node.path));
    if (node.children.size === 0 || intrinsicOf(inner) !== undefined) continue;
    for (const element of Array.isArray(inner) ? inner : [inner]) {
      if (isRecord(element) && intrinsicOf(element) === undefined) walk(element, node.children, type, reached);
    }
  }
}
