import type { IGroupRef } from 'aws-cdk-lib/aws-resourcegroups';

/** Whether instances use capacity that is reserved, and paid for, already. */
export class CapacityReservations {
  /** Reserved capacity only: jobs wait when it is used up. */
  public static only(group?: IGroupRef): CapacityReservations {
    return new CapacityReservations('RESERVATIONS_ONLY', group);
  }

  /** Reserved capacity first, then on-demand. */
  public static first(group?: IGroupRef): CapacityReservations {
    return new CapacityReservations('RESERVATIONS_FIRST', group);
  }

  /** No reserved capacity: it is left to others. */
  public static excluded(): CapacityReservations {
    return new CapacityReservations('RESERVATIONS_EXCLUDED');
  }

  private constructor(
    /** Preference, as AWS Batch names it. */
    public readonly preference: string,
    /**
     * Resource group that holds the capacity reservations.
     *
     * @default - all open ones of the account
     */
    public readonly group?: IGroupRef,
  ) {}
}
