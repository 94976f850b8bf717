import { Token } from 'aws-cdk-lib';
import { EcsMachineImageType } from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { instanceFamily, inWords } from './instance-family';

/**
 * Which instance types AWS Batch may choose from, and the image that goes with them.
 *
 * One compute environment has one processor architecture, and GPUs on all of its instances or on none.
 */
export class InstanceSelection {
  /** Current general, compute and memory families of x86-64, as AWS Batch keeps them (`default_x86_64`). */
  public static defaultX86(): InstanceSelection {
    return new InstanceSelection(['default_x86_64'], EcsMachineImageType.ECS_AL2023, ec2.InstanceArchitecture.X86_64);
  }

  /** Current general, compute and memory families of Graviton, as AWS Batch keeps them (`default_arm64`). */
  public static defaultArm64(): InstanceSelection {
    return new InstanceSelection(['default_arm64'], EcsMachineImageType.ECS_AL2023, ec2.InstanceArchitecture.ARM_64);
  }

  /** All sizes of these families, such as `ec2.InstanceClass.C7I`; more families give Spot more capacity to choose from. */
  public static families(...families: ec2.InstanceClass[]): InstanceSelection {
    return InstanceSelection.of(families.map(familyOf));
  }

  /** Exactly these types, such as `new ec2.InstanceType('c7i.4xlarge')`. */
  public static types(...types: ec2.InstanceType[]): InstanceSelection {
    const names = types.map((type) => type.toString());
    const wrong = names.find((name) => !Token.isUnresolved(name) && !/^[a-z0-9-]+\.[a-z0-9-]+$/.test(name));
    if (wrong !== undefined) {
      throw new Error(`'${wrong}' is not an instance type such as 'c7i.large': use families(), defaultX86(), ...`);
    }
    return InstanceSelection.of(names);
  }

  /**
   * Families with NVIDIA GPUs, and the image that has their driver.
   *
   * @param families Families with GPUs; by default G5 and G6.
   */
  public static gpu(...families: ec2.InstanceClass[]): InstanceSelection {
    const names = families.length === 0 ? ['g5', 'g6'] : families.map(familyOf);
    const without = names.filter((name) => !instanceFamily(name).hasGpu);
    if (without.length > 0) {
      throw new Error(
        `all families must have GPUs, ${without.join(', ')} has none: use families() for instances without`,
      );
    }
    return InstanceSelection.of(names);
  }

  private static of(names: string[]): InstanceSelection {
    if (names.length === 0) {
      throw new Error('no instances are selected: name at least one, or use defaultX86() to leave it to AWS Batch');
    }
    const known = names.filter((name) => !Token.isUnresolved(name)).map(instanceFamily);
    const first = known.at(0);
    const other = known.find((one) => one.architecture !== first?.architecture || one.hasGpu !== first.hasGpu);
    if (first !== undefined && other !== undefined) {
      const hint = 'use a compute environment for each processor architecture, and one for GPUs';
      throw new Error(`instances must be alike, got ${inWords(first)} and ${inWords(other)}: ${hint}`);
    }
    const image = first?.hasGpu === true ? EcsMachineImageType.ECS_AL2023_NVIDIA : EcsMachineImageType.ECS_AL2023;
    return new InstanceSelection(names, image, first?.architecture);
  }

  private constructor(
    /** Instance types, families and groups of families, as AWS Batch names them. */
    public readonly instanceTypes: string[],
    /** Image that the instances start from. */
    public readonly imageType: EcsMachineImageType,
    /** Processor architecture; absent when the types are known at deploy time only. */
    public readonly architecture?: ec2.InstanceArchitecture,
  ) {}
}

/** Some values of `InstanceClass` are not names; only `InstanceType` knows how to turn them into names. */
const familyOf = (family: ec2.InstanceClass): string =>
  ec2.InstanceType.of(family, ec2.InstanceSize.LARGE).toString().split('.')[0];
