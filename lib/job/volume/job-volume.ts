import type * as efs from 'aws-cdk-lib/aws-efs';
import type * as s3files from 'aws-cdk-lib/aws-s3files';
import { efsVolume } from './efs-volume';
import { hostVolume } from './host-volume';
import { s3FilesVolume } from './s3-files-volume';
import type { VolumeContext, VolumeProperties, VolumeSource } from './volume-source';

/** What all volumes can be told. */
export interface JobVolumeOptions {
  /**
   * Name of the volume in the job definition: letters, digits, `-` and `_`, at most 255.
   *
   * @default - `volume1`, `volume2`, ... in the order of the mounts
   */
  readonly name?: string;
}

/** How a file system of Amazon EFS is used. */
export interface EfsVolumeOptions extends JobVolumeOptions {
  /**
   * Access point that says which directory the job sees, and as which user.
   *
   * @default - none: the job sees `rootDirectory` as its own user
   */
  readonly accessPoint?: efs.IAccessPointRef;

  /**
   * Directory of the file system that the job sees; an access point has its own.
   *
   * @default - the root of the file system, or the directory of the access point
   */
  readonly rootDirectory?: string;

  /**
   * Whether EFS asks IAM what the job role may do. File systems that deny anonymous access let no job in without it.
   *
   * @default true - the job role is granted to mount, and to write unless all mounts are read-only
   */
  readonly iamAuthorization?: boolean;

  /**
   * Port on the instance for the encrypted connection, 0 to 65535.
   *
   * @default - chosen by the EFS mount helper
   */
  readonly transitEncryptionPort?: number;
}

/** How a file system of Amazon S3 Files is used. */
export interface S3FilesVolumeOptions extends JobVolumeOptions {
  /**
   * Access point that says which directory the job sees, and as which user.
   *
   * @default - none: the job sees `rootDirectory` as its own user
   */
  readonly accessPoint?: s3files.IAccessPointRef;

  /**
   * Directory of the file system that the job sees.
   *
   * @default - the root of the file system
   */
  readonly rootDirectory?: string;

  /**
   * Port for the encrypted connection, 0 to 65535.
   *
   * @default 2049
   */
  readonly transitEncryptionPort?: number;
}

/** A directory that containers of a job see, and that may outlive them. */
export class JobVolume {
  /**
   * A file system of Amazon EFS. The connection is always encrypted, and the job role gets what it needs.
   *
   * The security group of the file system has to admit the compute environment:
   * `fileSystem.connections.allowDefaultPortFrom(computeEnvironment)`.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/efs-volumes.html
   */
  public static efs(fileSystem: efs.IFileSystemRef, options: EfsVolumeOptions = {}): JobVolume {
    return new JobVolume(efsVolume(fileSystem, options), options.name);
  }

  /**
   * A bucket as a file system, by Amazon S3 Files. The connection is always encrypted. Not for instances of EC2 that AWS
   * Batch manages.
   *
   * The job role may mount it, and write unless all mounts are read-only. Large reads go to the bucket itself, which the
   * job has to be allowed by `reads`.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/s3files-volumes.html
   */
  public static s3Files(fileSystem: s3files.IFileSystemRef, options: S3FilesVolumeOptions = {}): JobVolume {
    return new JobVolume(s3FilesVolume(fileSystem, options), options.name);
  }

  /**
   * A directory of the instance: it is shared by all jobs there, and stays as long as the instance does. Docker creates
   * it if it is not there. Not for Fargate.
   *
   * With `InstanceSetup.instanceStore` of the compute environment it can be a fast disk of the instance.
   */
  public static host(path: string, options: JobVolumeOptions = {}): JobVolume {
    return new JobVolume(hostVolume(path), options.name);
  }

  /**
   * A file system of Amazon FSx that the compute environment mounts on its instances at `mountPoint`. Not for Fargate.
   *
   * AWS Batch knows no volumes of FSx: instances mount the file system when they start, as `InstanceSetup.lustre` of the
   * compute environment says, and jobs see the directory.
   */
  public static fsx(mountPoint: string, options: JobVolumeOptions = {}): JobVolume {
    return new JobVolume(hostVolume(mountPoint), options.name);
  }

  /** An empty directory that the containers of one job share. It is gone with the job. */
  public static ephemeral(options: JobVolumeOptions = {}): JobVolume {
    return new JobVolume({ render: () => ({}) }, options.name);
  }

  private constructor(
    private readonly source: VolumeSource,
    /**
     * Name of the volume in the job definition.
     *
     * @default - `volume1`, `volume2`, ... in the order of the mounts
     */
    public readonly name?: string,
  ) {}

  /** @internal */
  public _render(context: VolumeContext): VolumeProperties {
    return this.source.render(context);
  }
}
