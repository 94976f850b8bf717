import type { Input, Output } from '../core/service';
import { readInput } from './checks';
import { activeShares, loadOf } from './fair-share';
import { type BatchState, findQueue } from './state';

const FRONT = 100;

/** What waits at the front of a queue, in the order in which it would start, and what the queue uses. */
export const snapshot = (state: BatchState, input: Input): Output => {
  const queue = findQueue(state, readInput(input).text('jobQueue'));
  const now = state.world.clock.now();
  const jobs = queue.runnable.front(FRONT, (share) => loadOf(queue, share, now));
  const vcpus = queue.environments.reduce((sum, { usedVcpus }) => sum + usedVcpus, 0);
  const shares = activeShares(queue);
  return {
    frontOfQueue: {
      jobs: jobs.map(({ arn, runnableAt }) => ({ jobArn: arn, earliestTimeAtPosition: runnableAt ?? now })),
      lastUpdatedAt: now,
    },
    queueUtilization: {
      totalCapacityUsage: [{ capacityUnit: 'VCPU', quantity: vcpus }],
      ...(queue.schedulingPolicy === undefined
        ? {}
        : {
            fairshareUtilization: {
              activeShareCount: shares.length,
              topCapacityUtilization: shares.map(([shareIdentifier, { used }]) => ({
                shareIdentifier,
                capacityUsage: [{ capacityUnit: 'VCPU', quantity: used }],
              })),
            },
          }),
      lastUpdatedAt: now,
    },
  };
};
