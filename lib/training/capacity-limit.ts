import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';

const ANY_TYPE = 'NUM_INSTANCES';

/**
 * Most instances that training jobs have at the same time.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_CapacityLimit.html
 */
export class CapacityLimit {
  /** Instances of any type: what queues need that serve in order of submission or by fair share. At least 1. */
  public static instances(maxCapacity: number): CapacityLimit {
    return new CapacityLimit(maxCapacity, ANY_TYPE);
  }

  /**
   * Instances of one type, at least 1: what queues of quota shares need.
   *
   * `ml.` is put before the name of the type, as Amazon SageMaker AI has it, unless it is there or known only at deploy time.
   */
  public static instancesOf(instanceType: ec2.InstanceType, maxCapacity: number): CapacityLimit {
    const name = instanceType.toString();
    const known = Token.isUnresolved(name) || name.startsWith('ml.');
    return new CapacityLimit(maxCapacity, known ? name : `ml.${name}`);
  }

  private constructor(
    /** Most instances at the same time. */
    public readonly maxCapacity: number,
    /** Instance type, or `NUM_INSTANCES` for all of them. */
    public readonly capacityUnit: string,
  ) {}

  /** Whether instances of any type count. */
  public get ofAnyType(): boolean {
    return this.capacityUnit === ANY_TYPE;
  }
}
