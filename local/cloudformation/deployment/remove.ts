import { Reader } from '../../core/reader';
import { setResourceStatus } from '../stack/event-log';
import type { Removal } from '../types/resource-type';
import type { StackResource } from '../stack/stack';
import type { RemovalPolicy } from '../template/template';
import { typeOf } from './checked-type';
import { contextOf, type Deployment } from './deployment';
import { isGone, reasonOf } from './failure';

/** Deletes what a resource stands for, unless its policy keeps it. Answers whether it no longer belongs to the stack. */
export const removeResource = async (
  deployment: Deployment,
  resource: StackResource,
  policy: RemovalPolicy,
  removal: Removal = 'removed',
): Promise<boolean> => {
  const { store, stack, types } = deployment;
  const { definition, physical, properties } = resource;
  if (physical === undefined) return true;
  if (policy === 'Retain') {
    setResourceStatus(store, stack, resource, 'DELETE_SKIPPED');
    return true;
  }
  setResourceStatus(store, stack, resource, 'DELETE_IN_PROGRESS');
  try {
    const existing = { ...physical, properties: new Reader(properties) };
    await typeOf(types, definition).delete(existing, contextOf(deployment, definition.logicalId), removal);
  } catch (error) {
    if (!isGone(error)) {
      setResourceStatus(store, stack, resource, 'DELETE_FAILED', reasonOf(error));
      return false;
    }
  }
  setResourceStatus(store, stack, resource, 'DELETE_COMPLETE');
  return true;
};

/** `RetainExceptOnCreate` keeps every resource but one of a deployment that failed. */
export const policyOfOld = (policy: RemovalPolicy): RemovalPolicy =>
  policy === 'RetainExceptOnCreate' ? 'Retain' : policy;
