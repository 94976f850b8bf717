import { Tokenization } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { PlatformCapability } from '../compute/compute-environment';
import { checkRange, fail } from '../private/check';

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
}

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
  /** Another attempt after a failure of the infrastructure, and after one chosen exit code. */
  public static of(options: JobRetryOptions = {}): JobRetry {
    return new JobRetry(options.attempts ?? 3, options.exitCode);
  }

  /** One attempt, whatever happens. */
  public static none(): JobRetry {
    return new JobRetry(1, undefined);
  }

  private constructor(
    /** How often a job may start in all. */
    public readonly attempts: number,
    private readonly exitCode?: number,
  ) {}

  /** @internal */
  public _render(scope: IConstruct, platform: PlatformCapability): batch.CfnJobDefinition.RetryStrategyProperty {
    checkRange(scope, 'retry.attempts', this.attempts, 1, 10);
    checkRange(scope, 'retry.exitCode', this.exitCode, 1, 255);
    if (this.attempts === 1 && this.exitCode !== undefined) {
      throw fail(scope, `'retry.exitCode' asks for another attempt, but 'retry.attempts' is 1: allow at least 2`);
    }
    if (this.attempts === 1) return { attempts: 1 };
    return { attempts: this.attempts, evaluateOnExit: this.rules(platform) };
  }

  private rules(platform: PlatformCapability): batch.CfnJobDefinition.EvaluateOnExitProperty[] {
    const reclaimed = platform === PlatformCapability.FARGATE ? 'Your Spot Task was interrupted*' : 'Host EC2*';
    const { exitCode } = this;
    const onExitCode =
      exitCode === undefined ? [] : [{ action: 'RETRY', onExitCode: Tokenization.stringifyNumber(exitCode) }];
    return [
      { action: 'RETRY', onStatusReason: reclaimed },
      { action: 'RETRY', onReason: 'CannotPullContainerError*' },
      { action: 'RETRY', onStatusReason: 'Task failed to start*' },
      ...onExitCode,
      { action: 'EXIT', onReason: '*' },
    ];
  }
}
