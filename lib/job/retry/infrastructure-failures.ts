import { PlatformCapability } from '../../compute/compute-environment';
import type { RetryCondition } from './retry-rule';

/** Failures that the code in a container has no part in. @internal */
export type InfrastructureFailure = 'spotReclaimed' | 'imageNotPulled' | 'taskNotStarted';

/** What they look like on each platform. @internal */
export const INFRASTRUCTURE: Readonly<Record<InfrastructureFailure, (platform: PlatformCapability) => RetryCondition>> =
  {
    spotReclaimed: (platform) => ({
      statusReason: platform === PlatformCapability.FARGATE ? 'Your Spot Task was interrupted*' : 'Host EC2*',
    }),
    imageNotPulled: () => ({ reason: 'CannotPullContainerError*' }),
    taskNotStarted: () => ({ statusReason: 'Task failed to start*' }),
  };
