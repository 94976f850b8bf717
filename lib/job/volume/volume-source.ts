import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import type { PlatformCapability } from '../../compute/compute-environment';

/** What a volume needs to know of the job that mounts it. @internal */
export interface VolumeContext {
  readonly scope: IConstruct;
  readonly platform: PlatformCapability;
  /** Version of Fargate, where the job wants one. */
  readonly platformVersion?: ecs.FargatePlatformVersion;
  /** Role of the code in the containers. */
  readonly jobRole: iam.IGrantable;
  /** Whether any container of the job writes to it. */
  readonly writable: boolean;
}

/** What a volume is, without its name. @internal */
export type VolumeProperties = Omit<batch.CfnJobDefinition.VolumesProperty, 'name'>;

/** Where the data of a volume comes from. @internal */
export interface VolumeSource {
  /** Renders the volume for one job and lets the job use it. */
  render(context: VolumeContext): VolumeProperties;
}
