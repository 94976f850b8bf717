import type { CapacityLimit } from './capacity-limit';
import type { ResourceSharing } from './resource-sharing';
import type { ITrainingJobQueue } from './training-job-queue-interface';

/** What one share of a queue of training jobs gets. */
export interface QuotaShareProps {
  /** Queue that the share belongs to; its scheduling policy is a `QuotaShareSchedulingPolicy`. At most 20 shares per queue. */
  readonly queue: ITrainingJobQueue;

  /** Most instances of each type that jobs of the share have at the same time without borrowing; 1 to 5 types. */
  readonly capacityLimits: CapacityLimit[];

  /**
   * What happens to capacity that the share does not need, and where it gets more.
   *
   * @default ResourceSharing.lendAndBorrow()
   */
  readonly sharing?: ResourceSharing;

  /**
   * Whether a job of higher priority stops running jobs of lower priority in this share, or waits for them.
   *
   * @default false
   */
  readonly inSharePreemption?: boolean;

  /**
   * Whether the share accepts jobs. Those that are in it already run to their end in any case.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Name that jobs give for the share, up to 128 letters, digits, hyphens and underscores: unique in its queue. A new name
   * replaces the share.
   *
   * @default - the id of the construct
   */
  readonly quotaShareName?: string;

  /**
   * Tags of the share, beside those of `Tags.of()`.
   *
   * @default - no tags
   */
  readonly tags?: Record<string, string>;
}
