import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { setResourceStatus } from '../stack/event-log';
import type { PhysicalResource, ResourceType } from '../types/resource-type';
import type { StackResource } from '../stack/stack';
import { sameValue } from '../template/json';
import { checkProperties, typeOf } from './checked-type';
import { contextOf, type Deployment } from './deployment';
import { reasonOf } from './failure';

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

/** Makes a resource; `properties` is asked for inside, so that a function that fails is the resource's failure. */
export const createResource = async (
  deployment: Deployment,
  resource: StackResource,
  properties: () => Input,
): Promise<void> => {
  const { store, stack, types } = deployment;
  setResourceStatus(store, stack, resource, 'CREATE_IN_PROGRESS');
  await attempt(deployment, resource, 'CREATE', async () => {
    const type = typeOf(types, resource.definition);
    resource.properties = properties();
    checkProperties(type, resource.properties);
    resource.physical = await type.create(
      new Reader(resource.properties),
      contextOf(deployment, resource.definition.logicalId),
    );
  });
};

/** Whether the type can change these properties without a new resource. */
export const changesInPlace = (type: ResourceType, former: Input, properties: Input): boolean =>
  type.update !== undefined && !type.replacing?.some((name) => !sameValue(former[name], properties[name]));

const change = async (
  deployment: Deployment,
  former: StackResource,
  physical: PhysicalResource,
  resource: StackResource,
): Promise<PhysicalResource> => {
  const type = typeOf(deployment.types, resource.definition);
  checkProperties(type, resource.properties);
  const context = contextOf(deployment, resource.definition.logicalId);
  const properties = new Reader(resource.properties);
  if (type.update !== undefined && changesInPlace(type, former.properties, resource.properties)) {
    const existing = { ...physical, properties: new Reader(former.properties) };
    return type.update(existing, properties, context);
  }
  const { store, stack } = deployment;
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
