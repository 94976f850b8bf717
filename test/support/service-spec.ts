import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';

/** What CloudFormation does with a resource when a property of it changes; `maybe` depends on other properties. */
export type Replacement = 'yes' | 'maybe' | 'no';

/** A property of a resource type, and those below it. */
export interface SchemaNode {
  /** Path from the resource: `.` leads to a property, `[]` into a list, `{}` into a map. */
  readonly path: string;
  readonly replacement: Replacement;
  readonly children: SchemaNodes;
}

/** Properties by name. */
export type SchemaNodes = ReadonlyMap<string, SchemaNode>;

let database: SpecDatabase | undefined;
const schemas = new Map<string, SchemaNodes>();

function load(): SpecDatabase {
  return (database ??= loadAwsServiceSpecSync());
}

/** All resource types whose name begins with `prefix`. */
export function typesOf(prefix: string): readonly string[] {
  const types = load()
    .all('resource')
    .map((resource) => resource.cloudFormationType);
  return types.filter((type) => type.startsWith(prefix)).sort();
}

/** The properties of a resource type, as CloudFormation publishes them. */
export function schemaOf(type: string): SchemaNodes {
  const known = schemas.get(type);
  if (known !== undefined) return known;
  const resource = load().lookup('resource', 'cloudFormationType', 'equals', type).at(0);
  if (resource === undefined) throw new Error(`the service spec has no type ${type}`);
  const nodes = nodesOf(resource.properties, '', []);
  schemas.set(type, nodes);
  return nodes;
}

/** Every path below `nodes`. */
export function pathsOf(nodes: SchemaNodes): readonly string[] {
  return [...nodes.values()].flatMap((node) => [node.path, ...pathsOf(node.children)]);
}

function nodesOf(
  properties: Readonly<Record<string, Property>>,
  prefix: string,
  above: readonly string[],
): SchemaNodes {
  return new Map(
    Object.entries(properties).map(([name, property]) => {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      const replacement = property.causesReplacement ?? 'no';
      return [name, { path, replacement, children: childrenOf(property.type, path, above) }];
    }),
  );
}

/** A definition that contains itself ends at its second appearance. */
function childrenOf(type: PropertyType, path: string, above: readonly string[]): SchemaNodes {
  switch (type.type) {
    case 'ref': {
      const definition = load().get('typeDefinition', type.reference);
      if (above.includes(definition.$id)) return new Map();
      return nodesOf(definition.properties, path, [...above, definition.$id]);
    }
    case 'array':
      return childrenOf(type.element, `${path}[]`, above);
    case 'map':
      return childrenOf(type.element, `${path}{}`, above);
    case 'union':
      return new Map(type.types.flatMap((one) => [...childrenOf(one, path, above)]));
    default:
      return new Map();
  }
}
