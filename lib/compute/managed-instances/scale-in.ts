import type { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { SCALE_IN_SECONDS } from '../../contracts/rules/compute';
import { checkRange } from '../../private/check';

/** When Amazon ECS ends an instance that no job needs. */
export class ScaleIn {
  /** As soon as it can. */
  public static immediately(): ScaleIn {
    return new ScaleIn();
  }

  /** After some time, up to an hour, that the instance is kept and paid for in case another job comes. */
  public static after(delay: Duration): ScaleIn {
    return new ScaleIn(delay);
  }

  /** Never: instances are paid for until the compute environment is deleted. */
  public static never(): ScaleIn {
    return new ScaleIn(undefined, true);
  }

  private constructor(
    private readonly delay?: Duration,
    private readonly isNever = false,
  ) {}

  /** The seconds that Amazon ECS waits; -1 stands for ever. @internal */
  public _seconds(scope: IConstruct): number {
    if (this.isNever) return -1;
    if (this.delay === undefined) return 0;
    const seconds = this.delay.isUnresolved() ? undefined : this.delay.toSeconds({ integral: false });
    checkRange(scope, 'scaleIn', seconds, ...SCALE_IN_SECONDS, { unit: 'seconds', check: 'compute-scale-in' });
    return this.delay.toSeconds();
  }
}
