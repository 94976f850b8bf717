import { randomUUID } from 'node:crypto';
import type { Principal } from '../../core/service';
import type { World } from '../../core/world';
import type { Deployment } from '../deployment/deployment';
import type { ResourceTypes } from '../types/resource-type';
import { conclude } from '../deployment/apply';
import { destroyStack } from '../deployment/destroy';
import { reasonOf } from '../deployment/failure';
import { rollBack } from '../deployment/rollback';
import { setStackStatus } from '../stack/event-log';
import type { Stack } from '../stack/stack';
import type { StackStore } from '../stack/stack-store';
import { validationError } from '../template/errors';

/** What all operations share. */
export interface Engine {
  readonly world: World;
  readonly store: StackStore;
  readonly types: ResourceTypes;
}

export const refuseBusy = ({ isBusy, head }: Stack): void => {
  if (isBusy) throw validationError(`Stack:${head.id} is in ${head.status} state and can not be updated.`);
};

/** Who wants an operation on a stack, and how. */
export interface Order {
  readonly caller: Principal;
  readonly roleArn?: string;
  readonly token?: string;
  readonly keepsFailed?: boolean;
}

const work = (engine: Engine, stack: Stack, principal: Principal, steps: (deployment: Deployment) => Promise<void>) => {
  const { world, store } = engine;
  stack.running = steps({ ...engine, stack, principal })
    .catch((error: unknown) => {
      world.note(`stack ${stack.head.name}: ${reasonOf(error)}`);
      setStackStatus(store, stack, stack.head.status.replace(/_IN_PROGRESS$/, '_FAILED'), reasonOf(error));
    })
    .finally(() => {
      stack.running = undefined;
    });
};

/** Runs an operation on a stack. Its first status is set before this answers. */
export const start = (
  engine: Engine,
  stack: Stack,
  { caller, roleArn, token, keepsFailed = false }: Order,
  steps: (deployment: Deployment) => Promise<void>,
): void => {
  refuseBusy(stack);
  const principal = roleArn === undefined ? caller : { arn: roleArn };
  stack.set({ operationId: randomUUID(), principal, token, keepsFailed });
  work(engine, stack, principal, steps);
};

/** Ends what the end of the process has interrupted: a deployment is rolled back, everything else goes on. */
export const resume = (engine: Engine): void => {
  for (const stack of engine.store.live().filter(({ isBusy }) => isBusy)) {
    const { status, principal } = stack.head;
    if (principal === undefined) continue;
    work(engine, stack, principal, (deployment) => {
      if (status === 'DELETE_IN_PROGRESS') return destroyStack(deployment, []);
      if (status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') return conclude(deployment);
      return rollBack(deployment, `The local endpoint was stopped while the stack was in ${status}.`);
    });
  }
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
