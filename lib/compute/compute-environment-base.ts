import { Resource } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { ComputeOffer, IComputeEnvironment, PlatformCapability } from './compute-environment';

/** What all compute environments have, defined here or imported. @internal */
export abstract class ComputeEnvironmentBase extends Resource implements IComputeEnvironment {
  public abstract readonly computeEnvironmentArn: string;
  public abstract readonly platformCapability: PlatformCapability;
  public abstract readonly architecture?: ec2.InstanceArchitecture;
  public abstract readonly offer?: ComputeOffer;

  /** Reference that other libraries and the L1 constructs take. */
  public get computeEnvironmentRef(): batch.ComputeEnvironmentReference {
    return { computeEnvironmentArn: this.computeEnvironmentArn };
  }
}

/** What is known of a compute environment that is defined elsewhere. */
export interface KnownOfComputeEnvironment {
  readonly computeEnvironmentArn: string;
  readonly platformCapability: PlatformCapability;
  readonly architecture?: ec2.InstanceArchitecture;
  readonly offer?: ComputeOffer;
}

/** Refers to a compute environment that is defined elsewhere. */
export function importComputeEnvironment(
  scope: Construct,
  id: string,
  known: KnownOfComputeEnvironment,
): IComputeEnvironment {
  class Imported extends ComputeEnvironmentBase {
    public readonly computeEnvironmentArn = known.computeEnvironmentArn;
    public readonly platformCapability = known.platformCapability;
    public readonly architecture = known.architecture;
    public readonly offer = known.offer;
  }
  return new Imported(scope, id, { environmentFromArn: known.computeEnvironmentArn });
}
