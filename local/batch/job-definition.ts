import type { DefinitionBody } from './definition-body';
import type { Consumable } from './holdings';
import type { RetryStrategy } from './retry';

export interface JobTimeout {
  readonly attemptDurationSeconds: number;
}

/** One revision of a job definition. */
export interface JobDefinition extends DefinitionBody {
  readonly sequence: number;
  readonly name: string;
  readonly revision: number;
  readonly arn: string;
  status: 'ACTIVE' | 'INACTIVE';
  readonly consumables: readonly Consumable[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly retryStrategy?: RetryStrategy;
  readonly timeout?: JobTimeout;
  readonly propagateTags?: boolean;
  readonly schedulingPriority?: number;
  tags: Readonly<Record<string, string>>;
}
