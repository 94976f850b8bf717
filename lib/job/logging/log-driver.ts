import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import type { PlatformCapability } from '../../compute/compute-environment';

/** What a log driver needs to know of the job whose output it takes. @internal */
export interface LogContext {
  readonly scope: IConstruct;
  readonly platform: PlatformCapability;
  /** Role with which ECS writes the log. */
  readonly executionRole: iam.IRole;
  /** The log group of the job; it is defined when it is asked for. */
  readonly logGroup: () => logs.ILogGroup;
}

/** How the output of a container is written. @internal */
export interface LogDriver {
  /** Name of the driver. */
  readonly name: string;
  /** Renders the driver for one container and lets ECS use it. */
  render(context: LogContext): batch.CfnJobDefinition.LogConfigurationProperty;
}
