import type { LeftOut } from './decide';

/** The property paths of AWS Batch that no construct sets, and why; a path stands for all below it. */
export const LEFT_OUT: readonly LeftOut[] = [];
