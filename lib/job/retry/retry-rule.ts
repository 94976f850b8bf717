import { Token } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import type { PlatformCapability } from '../../compute/compute-environment';
import { EXIT_CODE_PATTERN, isRetryPattern, REASON_PATTERN, type RetryPattern } from '../../contracts/rules/retry';
import { fail } from '../../private/check';
import { INFRASTRUCTURE, type InfrastructureFailure } from './infrastructure-failures';

/**
 * What a failed attempt looks like; all that is given must match.
 *
 * Reasons have letters, digits, points, colons and blanks, at most 512. A `*` at the end stands for any rest.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EvaluateOnExit.html
 */
export interface RetryCondition {
  /**
   * Exit code of the command in digits, such as `75`; `13*` matches all that begin so.
   *
   * @default - any
   */
  readonly exitCode?: string;

  /**
   * Reason that the container gives, such as `OutOfMemoryError*`.
   *
   * @default - any
   */
  readonly reason?: string;

  /**
   * Reason that AWS Batch gives, such as `Host EC2*`.
   *
   * @default - any
   */
  readonly statusReason?: string;
}

/** Which failed attempts are repeated, or are not. The first rule that matches holds. */
export class RetryRule {
  /** Another attempt when AWS takes Spot capacity back. */
  public static readonly SPOT_RECLAIMED = RetryRule.infrastructure('spotReclaimed');

  /** Another attempt when the image could not be pulled: the registry may be back, or admit one again. */
  public static readonly IMAGE_NOT_PULLED = RetryRule.infrastructure('imageNotPulled');

  /** Another attempt when the task could not start, as when the disk of an instance is too slow. */
  public static readonly TASK_NOT_STARTED = RetryRule.infrastructure('taskNotStarted');

  /** No other attempt when the container took more memory than it has: it would again. */
  public static readonly OUT_OF_MEMORY = RetryRule.exitOn({ reason: 'OutOfMemoryError*' });

  /** Another attempt after failures that look like this. */
  public static retryOn(condition: RetryCondition): RetryRule {
    return new RetryRule('RETRY', () => condition);
  }

  /** No other attempt after failures that look like this. */
  public static exitOn(condition: RetryCondition): RetryRule {
    return new RetryRule('EXIT', () => condition);
  }

  private static infrastructure(failure: InfrastructureFailure): RetryRule {
    return new RetryRule('RETRY', (platform) => INFRASTRUCTURE[failure](platform));
  }

  private constructor(
    private readonly action: 'RETRY' | 'EXIT',
    private readonly conditionOn: (platform: PlatformCapability) => RetryCondition,
  ) {}

  /** @internal */
  public get _retries(): boolean {
    return this.action === 'RETRY';
  }

  /** @internal */
  public _render(scope: IConstruct, platform: PlatformCapability): batch.CfnJobDefinition.EvaluateOnExitProperty {
    const { exitCode, reason, statusReason } = this.conditionOn(platform);
    if (exitCode === undefined && reason === undefined && statusReason === undefined) {
      throw fail(
        scope,
        `a rule of 'retry' must say at least one of 'exitCode', 'reason' and 'statusReason'`,
        'job-retry-pattern',
      );
    }
    checkPattern(scope, 'exitCode', exitCode, EXIT_CODE_PATTERN);
    checkPattern(scope, 'reason', reason, REASON_PATTERN);
    checkPattern(scope, 'statusReason', statusReason, REASON_PATTERN);
    return { action: this.action, onExitCode: exitCode, onReason: reason, onStatusReason: statusReason };
  }
}

function checkPattern(scope: IConstruct, name: string, text: string | undefined, pattern: RetryPattern): void {
  if (text === undefined || Token.isUnresolved(text) || isRetryPattern(text, pattern)) return;
  throw fail(
    scope,
    `'${name}' of a rule of 'retry' must have 1 to 512 ${pattern.characters}, and '*' only at its end, ` +
      `got ${JSON.stringify(text)}: end it with '*' before what is not allowed`,
    'job-retry-pattern',
  );
}
