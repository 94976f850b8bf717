import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { InstanceSelection } from '../instances/instance-selection';

/**
 * A launch template for some of the instance types of a compute environment, such as more volume for the large ones.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_LaunchTemplateSpecificationOverride.html
 */
export interface LaunchTemplateOverride {
  /**
   * Instance types or families that it is for: some of those of the compute environment, none of them in another override,
   * and no groups such as `default_x86_64`.
   */
  readonly instances: InstanceSelection;

  /** Launch template that they start from, instead of that of the compute environment. */
  readonly launchTemplate: ec2.ILaunchTemplate;
}
