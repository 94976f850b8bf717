import { randomUUID } from 'node:crypto';
import type { Stack, StackEvent, StackResource } from './stack';
import type { StackStore } from './stack-store';

type About = Pick<StackEvent, 'logicalId' | 'physicalId' | 'type' | 'status' | 'reason'>;

const push = (store: StackStore, { head, events }: Stack, about: About): number => {
  const time = store.now();
  const { operationId, token } = head;
  events.set(String(events.size), { id: randomUUID(), operationId, token, time, ...about });
  return time;
};

/** Sets the status of a stack and writes the event about it. */
export const setStackStatus = (store: StackStore, stack: Stack, status: string, reason?: string): void => {
  stack.set({ status, reason });
  const { name: logicalId, id: physicalId } = stack.head;
  push(store, stack, { logicalId, physicalId, type: 'AWS::CloudFormation::Stack', status, reason });
};

/** Sets the status of a resource and writes the event about it. */
export const setResourceStatus = (
  store: StackStore,
  stack: Stack,
  resource: StackResource,
  status: string,
  reason?: string,
): void => {
  const { logicalId, type } = resource.definition;
  resource.status = status;
  resource.reason = reason;
  resource.time = push(store, stack, { logicalId, physicalId: resource.physical?.id ?? '', type, status, reason });
  if (stack.resources.get(logicalId) === resource) stack.resources.set(logicalId, resource);
};
