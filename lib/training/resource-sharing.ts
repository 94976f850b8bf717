import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { checkRange } from '../private/check';

/** How much a quota share borrows. */
export interface BorrowOptions {
  /**
   * Most that is borrowed, in percent of each capacity limit of the share itself: 200 for twice as much again.
   *
   * @default - as much as others have to lend
   */
  readonly borrowLimit?: number;
}

/**
 * What a quota share does with capacity that it does not need, and where it gets more.
 *
 * Capacity that was lent comes back as soon as its owner has jobs for it: jobs of the borrower are stopped and wait again.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_QuotaShareResourceSharingConfiguration.html
 */
export class ResourceSharing {
  /** Keeps idle capacity for itself, and borrows none. */
  public static reserve(): ResourceSharing {
    return new ResourceSharing('RESERVE');
  }

  /** Lends idle capacity, and borrows none. */
  public static lend(): ResourceSharing {
    return new ResourceSharing('LEND');
  }

  /** Lends idle capacity, and borrows that of others. */
  public static lendAndBorrow(options: BorrowOptions = {}): ResourceSharing {
    return new ResourceSharing('LEND_AND_BORROW', options.borrowLimit);
  }

  private constructor(
    private readonly strategy: string,
    private readonly borrowLimit?: number,
  ) {}

  /** @internal */
  public _render(scope: IConstruct): batch.CfnQuotaShare.QuotaShareResourceSharingConfigurationProperty {
    checkRange(scope, 'borrowLimit', this.borrowLimit, 0, Number.MAX_SAFE_INTEGER, {
      unit: 'percent',
      check: 'queue-borrow-limit',
    });
    return { strategy: this.strategy, borrowLimit: this.borrowLimit };
  }
}
