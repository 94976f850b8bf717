import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { acknowledge } from '../../private/acknowledge';
import { raise } from '../../private/check';
import { adapterProblems } from './adapter-check';
import type { InstanceSelection } from '../instances/instance-selection';

/** How many Elastic Fabric Adapters instances have. */
export interface EfaOptions {
  /**
   * Network cards that get an adapter; all instances must have as many. More than one takes types such as `p5.48xlarge` or
   * `hpc7a.96xlarge` (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-acc-inst-types.html).
   *
   * @default 1
   */
  readonly networkCards?: number;
}

/** Where instances get their adapters. @internal */
export interface InterconnectTarget {
  readonly vpc: ec2.IVpc;
  readonly instances: InstanceSelection;
  readonly securityGroups: readonly ec2.ISecurityGroup[];
}

/**
 * What joins instances whose jobs wait for each other all the time, such as MPI simulations and distributed training.
 */
export class Interconnect {
  /**
   * Elastic Fabric Adapters, without extra cost: instances next to each other in one cluster placement group, with a
   * security group of their own that lets them talk to each other and to nobody else.
   *
   * Only instance types that have an adapter; name sizes, as most families have it on the largest only. Jobs use it through
   * the device `/dev/infiniband/uverbs0` and a libfabric in their image.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/efa.html
   */
  public static efa(options: EfaOptions = {}): Interconnect {
    return new Interconnect(options.networkCards ?? 1);
  }

  private constructor(private readonly networkCards: number) {}

  /** Network interfaces for a launch template; AWS Batch then takes no security groups beside it. @internal */
  public _bind(scope: Construct, target: InterconnectTarget): ec2.CfnLaunchTemplate.NetworkInterfaceProperty[] {
    for (const problem of adapterProblems(target.instances)) raise(scope, problem);
    const groups = [...target.securityGroups, amongThemselves(scope, target.vpc)].map((group) => group.securityGroupId);
    return Array.from({ length: this.networkCards }, (_, card) => ({
      interfaceType: 'efa',
      networkCardIndex: card,
      // The first interface of an instance is on its first card, where it must have index 0.
      deviceIndex: card === 0 ? 0 : 1,
      groups,
      deleteOnTermination: true,
    }));
  }
}

function amongThemselves(scope: Construct, vpc: ec2.IVpc): ec2.ISecurityGroup {
  const group = new ec2.SecurityGroup(scope, 'InterconnectSecurityGroup', {
    vpc,
    description: 'Elastic Fabric Adapters of AWS Batch: everything among themselves',
    allowAllOutbound: false,
  });
  group.addIngressRule(group, ec2.Port.allTraffic(), 'Elastic Fabric Adapters');
  group.addEgressRule(group, ec2.Port.allTraffic(), 'Elastic Fabric Adapters');
  acknowledge(group, 'inner-source', 'EC2RestrictedCommonPorts');
  return group;
}
