import type { Principal } from '../../core/service';
import { persistently } from '../../core/transient';
import type { World } from '../../core/world';
import type { ResourceContext, ResourceTypes } from '../types/resource-type';
import type { Stack } from '../stack/stack';
import type { StackStore } from '../stack/stack-store';

/** One operation on one stack: what all its steps need. */
export interface Deployment {
  readonly world: World;
  readonly store: StackStore;
  readonly types: ResourceTypes;
  readonly stack: Stack;
  /** In whose name resources are made. */
  readonly principal: Principal;
}

export const contextOf = ({ world, stack, principal }: Deployment, logicalId: string): ResourceContext => ({
  stackName: stack.head.name,
  stackId: stack.head.id,
  logicalId,
  partition: world.partition,
  region: world.region,
  account: world.account,
  call: (service, operation, input) =>
    persistently(world.clock, () => world.call({ service, operation, input, principal })),
  arn: (service, resource) => world.arn(service, resource),
});
