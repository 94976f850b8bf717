import type { IConstruct } from 'constructs';

const SENDS_EVENTS = 'cdk-batch-platform:sends-events';

/** Says that the buckets that will be imported below `scope` send their events to EventBridge where they are defined. @internal */
export const promiseEvents = (scope: IConstruct): void => {
  scope.node.setContext(SENDS_EVENTS, true);
};

/** Whether an imported bucket is known to send its events. @internal */
export const hasPromisedEvents = (bucket: IConstruct): boolean => bucket.node.tryGetContext(SENDS_EVENTS) === true;
