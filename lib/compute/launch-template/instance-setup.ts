import { Stack, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as fsx from 'aws-cdk-lib/aws-fsx';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { fail } from '../../private/check';
import { grantActions } from '../../private/grant-actions';
import { ecsVariables } from './ecs-agent';
import type { EcsAgentSettings } from './ecs-agent-settings';
import { mountInstanceStore, mountLustre } from './mount-scripts';

/** What the agent of Systems Manager calls for sessions, and nothing else that it could do. */
const SESSION_MANAGER = [
  'ssm:UpdateInstanceInformation',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

/** Where a file system is on the instances. */
export interface LustreMountOptions {
  /** Name that the file system is mounted by, such as `fs.mountName` of an `fsx.LustreFileSystem`. */
  readonly mountName: string;

  /**
   * Directory on the instances; jobs see it by a host volume.
   *
   * @default '/fsx'
   */
  readonly directory?: string;
}

/** Where instances are set up. @internal */
export interface SetupTarget {
  readonly scope: IConstruct;
  readonly connections: ec2.Connections;
  /** Role of the instances. */
  readonly role: iam.IGrantable;
}

/** What a setup comes to. @internal */
export interface SetupResult {
  /** Variables of the ECS agent. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Commands of a shell, before the agent starts. */
  readonly commands?: readonly string[];
}

/**
 * How instances are set up before the ECS agent takes the first job. Commands and files of your own belong into
 * `userData`; images with everything in them start faster.
 *
 * An instance that cannot be set up takes no jobs.
 */
export class InstanceSetup {
  /** Settings of the ECS agent. */
  public static ecsAgent(settings: EcsAgentSettings): InstanceSetup {
    return new InstanceSetup(() => ({ variables: ecsVariables(settings) }));
  }

  /**
   * Joins the NVMe disks of the instance, which are fast and gone together with it, to one volume (RAID 0). Instance types
   * without such disks get a directory on the root volume instead. Jobs see it by a host volume.
   *
   * @param directory Directory on the instances; by default `/scratch`.
   */
  public static instanceStore(directory = '/scratch'): InstanceSetup {
    return new InstanceSetup(({ scope }) => ({ commands: mountInstanceStore(absolute(scope, directory)) }));
  }

  /**
   * Mounts an FSx for Lustre file system, and opens the network for it. Jobs see it by a host volume.
   *
   * @see https://docs.aws.amazon.com/fsx/latest/LustreGuide/mounting-ecs.html
   */
  public static lustre(fileSystem: fsx.IFileSystem, options: LustreMountOptions): InstanceSetup {
    return new InstanceSetup(({ scope, connections }) => {
      connections.allowToDefaultPort(fileSystem, 'FSx for Lustre');
      const { region, urlSuffix } = Stack.of(scope);
      const directory = absolute(scope, options.directory ?? '/fsx');
      const host = `${fileSystem.fileSystemId}.fsx.${region}.${urlSuffix}`;
      return { commands: mountLustre(host, options.mountName, directory) };
    });
  }

  /**
   * Opens instances to Session Manager: a shell on them for those who may call `ssm:StartSession`, without key pair and
   * without open port. Such a shell reaches all that the jobs there have; for a shell in one container, jobs have
   * `enableExecuteCommand`.
   *
   * The instance role gets five permissions that take no narrower resource: to tell that the instance is there, and to open
   * the channels of a session. Isolated subnets need the endpoints `SSM` and `SSM_MESSAGES`.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
   */
  public static sessionManager(): InstanceSetup {
    return new InstanceSetup(({ role }) => {
      grantActions(role, SESSION_MANAGER, ['*']);
      return {};
    });
  }

  private constructor(private readonly bind: (target: SetupTarget) => SetupResult) {}

  /** @internal */
  public _bind(target: SetupTarget): SetupResult {
    return this.bind(target);
  }
}

/** Directories are written into a script. */
function absolute(scope: IConstruct, directory: string): string {
  if (Token.isUnresolved(directory) || /^(\/[\w.-]+)+$/.test(directory)) return directory;
  throw fail(
    scope,
    `a directory of instances must be an absolute path such as '/scratch', got ${JSON.stringify(directory)}`,
  );
}
