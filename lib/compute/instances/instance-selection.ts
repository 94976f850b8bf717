import { Token } from 'aws-cdk-lib';
import { EcsMachineImageType } from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { familyOf, type InstanceFacts } from '../../contracts/instances/instance-facts';
import { knownInstances } from '../../contracts/instances/known-instances';
import { instanceKind, type InstanceKind } from './instance-kind';

/**
 * Which instance types AWS Batch may choose from, and the image that goes with them.
 *
 * One compute environment has one processor architecture, and GPUs on all of its instances or on none. Whether that holds
 * is checked where both come together, in the compute environment.
 */
export class InstanceSelection {
  /** General, compute and memory families of x86-64 as AWS Batch keeps them (`default_x86_64`): now m6i, c6i, r6i, c7i. */
  public static defaultX86(): InstanceSelection {
    return new InstanceSelection(['default_x86_64']);
  }

  /** General, compute and memory families of Graviton as AWS Batch keeps them (`default_arm64`): now m6g, c6g, r6g, c7g. */
  public static defaultArm64(): InstanceSelection {
    return new InstanceSelection(['default_arm64']);
  }

  /** All sizes of these families, such as `ec2.InstanceClass.C7I`; more families give Spot more capacity to choose from. */
  public static families(...families: ec2.InstanceClass[]): InstanceSelection {
    return new InstanceSelection(families.map(nameOf));
  }

  /** Exactly these types, such as `new ec2.InstanceType('c7i.4xlarge')`. */
  public static types(...types: ec2.InstanceType[]): InstanceSelection {
    return new InstanceSelection(types.map((type) => type.toString()));
  }

  /**
   * Families with NVIDIA GPUs, and the image that has their driver.
   *
   * @param families Families with GPUs; by default G5 and G6. For others, such as `p6-b200`, see `named()`.
   */
  public static gpu(...families: ec2.InstanceClass[]): InstanceSelection {
    return new InstanceSelection(families.length === 0 ? ['g5', 'g6'] : families.map(nameOf), true);
  }

  /**
   * Families and types by the names that AWS Batch takes, such as `c9g`, `p6-b200.48xlarge` or `optimal`: also those that
   * aws-cdk-lib has no constant for.
   */
  public static named(...names: string[]): InstanceSelection {
    return new InstanceSelection(names);
  }

  /** Image that the instances start from, unless the compute environment has one of its own. */
  public readonly imageType: EcsMachineImageType;

  /**
   * Processor architecture.
   *
   * @default - not known: the names are not, or are known at deploy time only
   */
  public readonly architecture?: ec2.InstanceArchitecture;

  /** Types behind each name, once they were asked for: each job of each queue asks. */
  private known?: readonly (readonly InstanceFacts[])[];

  /** Whether the instances have GPUs that AWS Batch gives to jobs. @internal */
  public readonly _hasGpus: boolean;

  private constructor(
    /** Instance types, families and groups of families, as AWS Batch names them. */
    public readonly instanceTypes: string[],
    /** Whether GPUs were asked for. @internal */
    public readonly _wantsGpus = false,
  ) {
    const kinds = this._kinds();
    const architectures = new Set(kinds.map(({ architecture }) => architecture));
    const [architecture] = architectures;
    // Of names that are not known yet there is nothing to compare with.
    this.architecture = architectures.size === 1 && !this._isOpen() ? architecture : undefined;
    this._hasGpus = _wantsGpus || kinds.some(({ hasGpus }) => hasGpus);
    this.imageType = this._hasGpus ? EcsMachineImageType.ECS_AL2023_NVIDIA : EcsMachineImageType.ECS_AL2023;
  }

  /** All types that may start; nothing is said where one of the names is not known. @internal */
  public _types(): readonly InstanceFacts[] | undefined {
    this.known ??= this._names().map(knownInstances);
    const isKnown = this.known.length > 0 && !this._isOpen() && this.known.every((types) => types.length > 0);
    return isKnown ? this.known.flat() : undefined;
  }

  /** What the instances behind each name are, as far as the names are known before the deployment. @internal */
  public _kinds(): InstanceKind[] {
    return this._names().map(instanceKind);
  }

  /** The names that are known before the deployment. @internal */
  public _names(): string[] {
    if (Token.isUnresolved(this.instanceTypes)) return [];
    return this.instanceTypes.filter((name) => !Token.isUnresolved(name));
  }

  /** Whether some of the names are known at deploy time only. @internal */
  public _isOpen(): boolean {
    return Token.isUnresolved(this.instanceTypes) || this.instanceTypes.some((name) => Token.isUnresolved(name));
  }
}

/** Some values of `InstanceClass` are not names; only `InstanceType` knows how to turn them into names. */
const nameOf = (family: ec2.InstanceClass): string =>
  familyOf(ec2.InstanceType.of(family, ec2.InstanceSize.LARGE).toString());
