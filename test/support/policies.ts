/** JSON as it is parsed. */
export type Json = Readonly<Record<string, unknown>>;

/** A statement of a policy that says what its role, user or group may do. */
export interface Statement {
  readonly owner: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value, or the values of a list. */
export const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

/** The resources of a template by logical id. */
export function resourcesOf(template: unknown): ReadonlyMap<string, Json> {
  const resources = isJson(template) && isJson(template.Resources) ? template.Resources : {};
  return new Map(Object.entries(resources).flatMap(([id, resource]) => (isJson(resource) ? [[id, resource]] : [])));
}

/** The properties of a resource. */
export const propertiesOf = (resource: Json): Json => (isJson(resource.Properties) ? resource.Properties : {});

/** Writes an ARN with `${...}` in place of what CloudFormation fills in. */
export function written(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isJson(value)) return JSON.stringify(value);
  const [[name, argument]] = Object.entries(value);
  if (name === 'Fn::Join' && Array.isArray(argument)) return listOf(argument[1]).map(written).join(String(argument[0]));
  if (name === 'Fn::Select' || name === 'Fn::Split') return '${...}';
  return `\${${listOf(argument).map(String).join('.')}}`;
}

/** The statements of all policies of roles, users and groups; those of keys, buckets and topics speak of themselves. */
export function identityStatements(template: unknown): readonly Statement[] {
  return [...resourcesOf(template)].flatMap(([owner, resource]) => {
    const properties = propertiesOf(resource);
    const inline = listOf(properties.Policies).flatMap((policy) => (isJson(policy) ? [policy.PolicyDocument] : []));
    const documents = String(resource.Type).startsWith('AWS::IAM::') ? [properties.PolicyDocument, ...inline] : [];
    return documents
      .filter(isJson)
      .flatMap((document) => listOf(document.Statement))
      .filter(isJson)
      .map(({ Action, Resource }) => ({
        owner,
        actions: listOf(Action).map(String),
        resources: listOf(Resource).map(written),
      }));
  });
}
