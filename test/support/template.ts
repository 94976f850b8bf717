/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The resources of a template by logical id. */
export function resourcesOf(template: unknown): ReadonlyMap<string, TemplateResource> {
  const resources = isRecord(template) && isRecord(template.Resources) ? template.Resources : {};
  return new Map(
    Object.entries(resources).map(([id, resource]) => {
      if (!isRecord(resource) || typeof resource.Type !== 'string') throw new Error(`${id} is not a resource`);
      const { Properties } = resource;
      return [id, { Type: resource.Type, Properties: isRecord(Properties) ? Properties : {} }];
    }),
  );
}

/** Name of the function that stands for a value which is known at deploy time only. */
export function intrinsicOf(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const names = Object.keys(value);
  return names.length === 1 ? names.find((name) => name === 'Ref' || name.startsWith('Fn::')) : undefined;
}
