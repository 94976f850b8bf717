import type { Service } from '../core/service';
import type { World } from '../core/world';
import type { ResourceTypes } from './types/resource-type';
import { changeSetOperations } from './operations/change-sets';
import { resume } from './operations/engine';
import { stackOperations } from './operations/stacks';
import { resourceTypes } from './registry';
import { StackStore } from './stack/stack-store';

/** CloudFormation over a closed list of resource types. */
export const createCloudFormation = (world: World, types: ResourceTypes = resourceTypes): Service => {
  const engine = { world, store: new StackStore(world), types };
  world.onOpen(() => {
    resume(engine);
  });
  return {
    name: 'cloudformation',
    operations: { ...changeSetOperations(engine), ...stackOperations(engine) },
  };
};
