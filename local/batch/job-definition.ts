import type { Platform } from './compute-environment';
import type { Container } from './container';
import type { RetryStrategy } from './retry';

export interface JobTimeout {
  readonly attemptDurationSeconds: number;
}

/** One revision of a job definition. */
export interface JobDefinition {
  readonly sequence: number;
  readonly name: string;
  readonly revision: number;
  readonly arn: string;
  status: 'ACTIVE' | 'INACTIVE';
  readonly platforms: readonly Platform[];
  readonly container: Container;
  readonly parameters: Readonly<Record<string, string>>;
  readonly retryStrategy?: RetryStrategy;
  readonly timeout?: JobTimeout;
  readonly propagateTags?: boolean;
  readonly schedulingPriority?: number;
  tags: Readonly<Record<string, string>>;
}
