import type { Stack } from 'aws-cdk-lib';

/** Constructs of one kind with every prop they have, as an app would write them: no L1, no escape hatch. */
export interface Area {
  readonly name: string;
  /** Constructs of aws-cdk-lib that are right as they are, and that ours take. */
  readonly isBorrowed?: boolean;
  define(stack: Stack): void;
}
