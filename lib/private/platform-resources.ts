import type { IConstruct } from 'constructs';

const OF_PLATFORM = 'cdk-batch-platform:of-platform';

/**
 * Says that what will be imported below `scope` belongs to a platform: its bucket sends events to EventBridge, and its key
 * admits CloudWatch Logs, EventBridge and CloudWatch, for all stacks of the account and Region.
 * @internal
 */
export const markOfPlatform = (scope: IConstruct): void => {
  scope.node.setContext(OF_PLATFORM, true);
};

/** Whether an imported bucket or key belongs to a platform. @internal */
export const isOfPlatform = (resource: IConstruct): boolean => resource.node.tryGetContext(OF_PLATFORM) === true;
