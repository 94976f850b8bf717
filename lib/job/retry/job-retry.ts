import { Tokenization } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import type { PlatformCapability } from '../../compute/compute-environment';
import { ATTEMPTS, MAX_RETRY_RULES as MAX_RULES } from '../../contracts/rules/retry';
import { checkRange, fail } from '../../private/check';
import { RetryRule } from './retry-rule';

/** Which failed attempts are repeated, and how often. */
export interface JobRetryOptions {
  /**
   * How often a job may start in all, 1 to 10.
   *
   * @default 3
   */
  readonly attempts?: number;

  /**
   * Exit code, 1 to 255, with which the command asks for another attempt.
   *
   * @default - a command that fails has failed
   */
  readonly exitCode?: number;

  /**
   * What is retried and what is not, in this order, at most 4: the first rule that matches holds. What none matches has
   * failed.
   *
   * @default - `RetryRule.SPOT_RECLAIMED`, `RetryRule.IMAGE_NOT_PULLED`, `RetryRule.TASK_NOT_STARTED`
   */
  readonly rules?: RetryRule[];
}

/** AWS Batch retries what no rule matches. */
const REST = { action: 'EXIT', onReason: '*' } as const;

/**
 * What happens when an attempt fails: the retry strategy of a job definition.
 *
 * Failures of the infrastructure are worth another attempt: a reclaimed Spot instance, an image that could not be
 * pulled, a task that could not start. A failure of the command is not, for it would fail again and be paid again. AWS
 * Batch retries what no rule matches, so the last rule always says that the rest has failed.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html
 */
export class JobRetry {
  /** Another attempt after a failure of the infrastructure, after one chosen exit code, or as `rules` say. */
  public static of(options: JobRetryOptions = {}): JobRetry {
    return new JobRetry(options.attempts ?? 3, options.exitCode, options.rules);
  }

  /** One attempt, whatever happens. */
  public static none(): JobRetry {
    return new JobRetry(1);
  }

  private constructor(
    /** How often a job may start in all. */
    public readonly attempts: number,
    private readonly exitCode?: number,
    private readonly rules?: readonly RetryRule[],
  ) {}

  /** @internal */
  public _render(scope: IConstruct, platform: PlatformCapability): batch.CfnJobDefinition.RetryStrategyProperty {
    checkRange(scope, 'retry.attempts', this.attempts, ...ATTEMPTS, { check: 'job-retry-attempts' });
    checkRange(scope, 'retry.exitCode', this.exitCode, 1, 255, { check: 'job-retry-pattern' });
    const evaluateOnExit = this.evaluateOnExit(scope, platform);
    if (this.attempts !== 1) return { attempts: this.attempts, evaluateOnExit };
    const asks = this.rules?.some((rule) => rule._retries) === true ? 'retry.rules' : undefined;
    const asking = this.exitCode === undefined ? asks : 'retry.exitCode';
    if (asking !== undefined) {
      throw fail(
        scope,
        `'${asking}' asks for another attempt, but 'retry.attempts' is 1: allow at least 2`,
        'job-retry-attempts',
      );
    }
    return { attempts: 1 };
  }

  private evaluateOnExit(
    scope: IConstruct,
    platform: PlatformCapability,
  ): batch.CfnJobDefinition.EvaluateOnExitProperty[] {
    const { exitCode } = this;
    const rules = this.rules ?? [RetryRule.SPOT_RECLAIMED, RetryRule.IMAGE_NOT_PULLED, RetryRule.TASK_NOT_STARTED];
    const onExitCode =
      exitCode === undefined ? [] : [RetryRule.retryOn({ exitCode: Tokenization.stringifyNumber(exitCode) })];
    const all = [...rules, ...onExitCode];
    if (all.length >= MAX_RULES) {
      const counted = exitCode === undefined ? '' : `, 'retry.exitCode' included`;
      throw fail(
        scope,
        `'retry.rules' must hold at most ${MAX_RULES - 1} rules${counted}, got ${all.length}: AWS Batch takes ` +
          `${MAX_RULES}, of which the last one says that the rest has failed`,
        'job-retry-rules',
      );
    }
    return [...all.map((rule) => rule._render(scope, platform)), REST];
  }
}
