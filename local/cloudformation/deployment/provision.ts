import { notSupported } from '../../core/errors';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { setResourceStatus } from '../stack/event-log';
import type { PhysicalResource } from '../types/resource-type';
import type { StackResource } from '../stack/stack';
import { changedProperties, checkProperties, recreationOf, typeOf } from './checked-type';
import { contextOf, type Deployment } from './deployment';
import { hasReference, resolveReferences } from './dynamic-references';
import { reasonOf } from './failure';
import { withStackTags } from './stack-tags';

/** A resource could not be made or changed; its own event tells why. */
export class ResourceFailure extends Error {
  constructor(
    readonly resource: StackResource,
    cause: unknown,
  ) {
    super(reasonOf(cause), { cause });
  }
}

const attempt = async <T>(deployment: Deployment, resource: StackResource, verb: string, step: () => Promise<T>) => {
  try {
    return await step();
  } catch (error) {
    setResourceStatus(deployment.store, deployment.stack, resource, `${verb}_FAILED`, reasonOf(error));
    throw new ResourceFailure(resource, error);
  }
};

/** What a handler gets: properties whose dynamic references are resolved. */
const resolved = async ({ world, principal }: Deployment, { definition, properties }: StackResource): Promise<Reader> =>
  new Reader(
    hasReference(JSON.stringify(properties))
      ? await resolveReferences(world, principal, definition.type, properties)
      : properties,
  );

/** Makes a resource; `properties` is asked for inside, so that a function that fails is the resource's failure. */
export const createResource = async (
  deployment: Deployment,
  resource: StackResource,
  properties: () => Input,
): Promise<void> => {
  const { store, stack, types } = deployment;
  const { logicalId } = resource.definition;
  setResourceStatus(store, stack, resource, 'CREATE_IN_PROGRESS');
  await attempt(deployment, resource, 'CREATE', async () => {
    const type = typeOf(types, resource.definition);
    resource.properties = withStackTags(deployment, type, properties());
    checkProperties(type, logicalId, resource.properties);
    resource.physical = await type.create(await resolved(deployment, resource), contextOf(deployment, logicalId));
  });
};

const change = async (
  deployment: Deployment,
  former: StackResource,
  physical: PhysicalResource,
  resource: StackResource,
): Promise<PhysicalResource> => {
  const { store, stack, types } = deployment;
  const { logicalId } = resource.definition;
  const type = typeOf(types, resource.definition);
  checkProperties(type, logicalId, resource.properties);
  const context = contextOf(deployment, logicalId);
  const properties = await resolved(deployment, resource);
  const changed = changedProperties(former.properties, resource.properties);
  const fixed = changed.filter((name) => type.fixed?.includes(name));
  if (fixed.length > 0) {
    throw notSupported(`a change of ${fixed.join(', ')} of ${type.type}`, 'give the resource another logical id');
  }
  if (type.update !== undefined && changed.every((name) => recreationOf(type, name) !== 'Always')) {
    return type.update({ ...physical, properties: new Reader(former.properties) }, properties, context);
  }
  const reason = 'Requested update requires the creation of a new physical resource; hence creating one.';
  setResourceStatus(store, stack, resource, 'UPDATE_IN_PROGRESS', reason);
  return type.create(properties, context);
};

/** Changes a resource or makes its replacement: `resource.physical` has another id then. */
export const updateResource = async (
  deployment: Deployment,
  former: StackResource,
  resource: StackResource,
): Promise<void> => {
  const { store, stack } = deployment;
  setResourceStatus(store, stack, resource, 'UPDATE_IN_PROGRESS');
  await attempt(deployment, resource, 'UPDATE', async () => {
    if (former.physical === undefined) throw new Error(`${resource.definition.logicalId} was never created`);
    resource.physical = await change(deployment, former, former.physical, resource);
  });
  setResourceStatus(store, stack, resource, 'UPDATE_COMPLETE');
};
