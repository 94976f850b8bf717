import type { Principal } from '../../core/service';
import type { World } from '../../core/world';
import type { Deployment } from '../deployment/deployment';
import type { ResourceTypes } from '../types/resource-type';
import { reasonOf } from '../deployment/failure';
import { setStackStatus } from '../stack/event-log';
import { isBusy, type Stack } from '../stack/stack';
import type { StackStore } from '../stack/stack-store';
import { validationError } from '../template/errors';

/** What all operations share. */
export interface Engine {
  readonly world: World;
  readonly store: StackStore;
  readonly types: ResourceTypes;
}

export const deploymentOf = (engine: Engine, stack: Stack, caller: Principal, roleArn?: string): Deployment => ({
  ...engine,
  stack,
  principal: roleArn === undefined ? caller : { arn: roleArn },
});

export const refuseBusy = (stack: Stack): void => {
  if (isBusy(stack)) throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
};

/** Runs an operation on a stack. Its first status is set before this answers. */
export const start = ({ world, store }: Engine, stack: Stack, token: string | undefined, work: () => Promise<void>) => {
  refuseBusy(stack);
  stack.token = token;
  stack.running = work()
    .catch((error: unknown) => {
      world.note(`stack ${stack.name}: ${reasonOf(error)}`);
      setStackStatus(store, stack, stack.status.replace(/_IN_PROGRESS$/, '_FAILED'), reasonOf(error));
    })
    .finally(() => {
      stack.running = undefined;
    });
};

/** Ends when the stack's operation ends, or when the patience does. */
export const settled = async (stack: Stack, patienceMs: number): Promise<void> => {
  if (stack.running === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs).unref();
  });
  await Promise.race([stack.running, patience]);
  clearTimeout(timer);
};
