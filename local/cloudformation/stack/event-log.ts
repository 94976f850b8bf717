import { randomUUID } from 'node:crypto';
import type { Stack, StackEvent, StackResource } from './stack';
import type { StackStore } from './stack-store';

const push = (
  store: StackStore,
  stack: Stack,
  about: Pick<StackEvent, 'LogicalResourceId' | 'PhysicalResourceId' | 'ResourceType' | 'ResourceStatus'>,
  reason: string | undefined,
): Date => {
  const time = store.now();
  stack.events.unshift({
    EventId: randomUUID(),
    StackId: stack.id,
    StackName: stack.name,
    OperationId: stack.operationId,
    Timestamp: time,
    ...about,
    ...(reason === undefined ? {} : { ResourceStatusReason: reason }),
    ...(stack.token === undefined ? {} : { ClientRequestToken: stack.token }),
  });
  return time;
};

/** Sets the status of a stack and writes the event about it. */
export const setStackStatus = (store: StackStore, stack: Stack, status: string, reason?: string): void => {
  stack.status = status;
  stack.reason = reason;
  push(
    store,
    stack,
    {
      LogicalResourceId: stack.name,
      PhysicalResourceId: stack.id,
      ResourceType: 'AWS::CloudFormation::Stack',
      ResourceStatus: status,
    },
    reason,
  );
};

/** Sets the status of a resource and writes the event about it. */
export const setResourceStatus = (
  store: StackStore,
  stack: Stack,
  resource: StackResource,
  status: string,
  reason?: string,
): void => {
  resource.status = status;
  resource.reason = reason;
  resource.time = push(
    store,
    stack,
    {
      LogicalResourceId: resource.definition.logicalId,
      PhysicalResourceId: resource.physical?.id ?? '',
      ResourceType: resource.definition.type,
      ResourceStatus: status,
    },
    reason,
  );
};
