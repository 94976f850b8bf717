import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, ResourceProperties, TypeDefinition } from '@aws-cdk/service-spec-types';
import type { ResourceSchema, Shape, ValueType } from '../../local/cloudformation/schema/schema';

type Members = readonly [name: string, property: ResourceProperties[string]][];

const namesWhere = (members: Members, isMeant: (property: ResourceProperties[string]) => boolean) => {
  const names = members.flatMap(([name, property]) => (isMeant(property) ? [name] : [])).sort();
  return names.length === 0 ? undefined : names;
};

/** What CloudFormation's published schemas say about types, as far as properties and their changes are concerned. */
export const distill = (types: Iterable<string>): Readonly<Record<string, ResourceSchema>> => {
  const spec = loadAwsServiceSpecSync();

  const schemaOf = (type: string): readonly (readonly [string, ResourceSchema])[] => {
    const resource = spec.lookup('resource', 'cloudFormationType', 'equals', type).at(0);
    if (resource === undefined) return [];
    const shapes: Record<string, Shape> = {};

    const shapeNamed = ({ name, properties }: TypeDefinition): string => {
      if (name in shapes) return name;
      // Shapes may hold themselves.
      shapes[name] = { properties: {} };
      shapes[name] = shapeOf(properties);
      return name;
    };

    const valueType = (given: PropertyType): ValueType => {
      switch (given.type) {
        case 'string':
          return given.allowedValues === undefined ? 'string' : { enum: given.allowedValues };
        case 'array':
          return { list: valueType(given.element) };
        case 'map':
          return { map: valueType(given.element) };
        case 'union':
          return { any: given.types.map(valueType) };
        case 'ref':
          return { shape: shapeNamed(spec.get('typeDefinition', given.reference.$ref)) };
        case 'tag':
          shapes.Tag = { properties: { Key: 'string', Value: 'string' }, required: ['Key', 'Value'] };
          return { shape: 'Tag' };
        case 'date-time':
          return 'string';
        case 'null':
          return 'json';
        default:
          return given.type;
      }
    };

    const shapeOf = (properties: ResourceProperties): Shape => {
      const members = Object.entries(properties).sort(([one], [other]) => (one < other ? -1 : 1));
      return {
        properties: Object.fromEntries(members.map(([name, property]) => [name, valueType(property.type)])),
        required: namesWhere(members, ({ required }) => required === true),
      };
    };

    const members = Object.entries(resource.properties);
    const tags = resource.tagInformation;
    const schema: ResourceSchema = {
      ...shapeOf(resource.properties),
      replacing: namesWhere(members, ({ causesReplacement }) => causesReplacement === 'yes'),
      maybeReplacing: namesWhere(members, ({ causesReplacement }) => causesReplacement === 'maybe'),
      tags: tags && { property: tags.tagPropertyName, as: tags.variant === 'map' ? 'map' : 'list' },
      shapes,
    };
    return [[type, schema]];
  };

  return Object.fromEntries([...types].sort().flatMap(schemaOf));
};

/** The module that holds schemas, one type a line. */
export const render = (schemas: Readonly<Record<string, ResourceSchema>>): string =>
  [
    '// Written by `npm run refresh:resource-schemas`: do not edit.',
    "import type { ResourceSchema } from './schema';",
    '',
    "/** What AWS's published schemas say about the resource types of the closed list. */",
    'export const SCHEMAS: Readonly<Partial<Record<string, ResourceSchema>>> = {',
    ...Object.entries(schemas).map(([type, schema]) => `  '${type}': ${JSON.stringify(schema)},`),
    '};',
    '',
  ].join('\n');
