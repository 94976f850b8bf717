import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type { PodVolumeMount } from './eks-pod-volume';
import type { JobSize } from '../job-size';
import type { PrivilegedAccess } from '../privileged-access';

/**
 * A container of a pod.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainer.html
 */
export interface PodContainer {
  /**
   * Image of the container. Nodes pull it, with the node role of the compute environment: that covers Amazon ECR of
   * the same account and Region. Registries that ask for a password need `imagePullSecrets` of the pod instead of
   * credentials here.
   */
  readonly image: ecs.ContainerImage;

  /**
   * Name of the container, which submissions use to override something in it: at most 63 lower-case letters, digits and
   * hyphens, unique in the pod.
   *
   * @default - `Default`, as AWS Batch calls it, so that one container of a pod can do without
   */
  readonly name?: string;

  /**
   * Executable that the container starts with; it is not run by a shell, and submissions cannot change it.
   *
   * @default - the entry point of the image
   */
  readonly command?: string[];

  /**
   * Arguments of the executable. `Ref::name` stands for the parameter `name`, `$(NAME)` for an environment variable.
   *
   * @default - the command of the image
   */
  readonly args?: string[];

  /**
   * What is reserved for the container: vCPUs in steps of 0.25, whole MiB of memory from 4, whole GPUs.
   *
   * A container that asks for more memory than that is killed. The node keeps some of its own, so a job cannot have all.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/memory-cpu-batch-eks.html
   * @default - 1 vCPU and 2 GiB of memory
   */
  readonly size?: JobSize;

  /**
   * Most vCPUs that the container may use while others on its node leave them idle, in steps of 0.25.
   *
   * @default - the vCPUs of `size`: each attempt takes as long as the last
   */
  readonly vcpuLimit?: number;

  /**
   * Environment variables with plain values. Names must not start with `AWS_BATCH`. For secrets, mount a
   * `PodVolume.secret`.
   *
   * @default - only the variables that AWS Batch and the submission set
   */
  readonly environment?: Record<string, string>;

  /**
   * When the node pulls the image.
   *
   * @default - when it has none with this tag; with the tag `latest` or no tag, each time
   */
  readonly imagePullPolicy?: batch.ImagePullPolicy;

  /**
   * Volumes that the container sees.
   *
   * @default - the container sees no volumes
   */
  readonly mounts?: PodVolumeMount[];

  /**
   * Id of the user that the container runs as; 0 is root.
   *
   * @default 1000 - not root, whatever the image says
   */
  readonly user?: number;

  /**
   * Id of the group that the container runs as.
   *
   * @default - the same number as the user
   */
  readonly group?: number;

  /**
   * Whether the container may not write to its root file system. Instead it has an empty directory of the node at `/tmp`,
   * unless `mounts` have something there.
   *
   * @default - true; false for multi-node jobs, as MPI and SSH write to the root file system
   */
  readonly readonlyRootFilesystem?: boolean;

  /**
   * Lets the container do on its node what root may do, as `PrivilegedAccess.acknowledged('why')`.
   *
   * @default - the container has no rights on its node
   */
  readonly privileged?: PrivilegedAccess;

  /**
   * Whether a process may get more rights than the one that started it, as by `sudo`.
   *
   * @default false - unless the container is privileged, which implies it
   */
  readonly allowPrivilegeEscalation?: boolean;
}
