import type { Size } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { checkLabel, checkSubdomain } from '../../compute/eks/eks-names';
import { mebibytesOf } from './eks-quantity';

/** How an empty directory of a pod is kept. */
export interface EmptyDirOptions {
  /**
   * What holds it: the disk of the node, or its memory, which then counts as memory of the containers.
   *
   * @default batch.EmptyDirMediumType.DISK
   */
  readonly medium?: batch.EmptyDirMediumType;

  /**
   * Most that it may hold, in whole MiB; Kubernetes evicts a pod that exceeds it.
   *
   * @default - as much as the node has
   */
  readonly sizeLimit?: Size;
}

/**
 * Storage that containers of a pod mount. A volume is part of a pod as soon as one of its containers mounts it.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EksVolume.html
 */
export class PodVolume {
  /** A directory that is empty when the pod starts, shared by its containers and gone with it. */
  public static emptyDir(name: string, options: EmptyDirOptions = {}): PodVolume {
    return new PodVolume(name, (scope) => ({
      emptyDir: {
        medium: options.medium ?? batch.EmptyDirMediumType.DISK,
        sizeLimit: options.sizeLimit && mebibytesOf(scope, `the size of volume '${name}'`, options.sizeLimit),
      },
    }));
  }

  /** A directory or file of the node: pods on the same node share it, and it outlives them. */
  public static hostPath(name: string, path: string): PodVolume {
    return new PodVolume(name, () => ({ hostPath: { path } }));
  }

  /**
   * The values of a Kubernetes secret, one file each.
   *
   * @param secretName Name of the secret, in the namespace of the pod. Who creates it is not up to AWS Batch.
   */
  public static secret(name: string, secretName: string): PodVolume {
    return PodVolume.ofSecret(name, secretName, false);
  }

  /** The values of a Kubernetes secret, one file each; pods start without it as well. */
  public static optionalSecret(name: string, secretName: string): PodVolume {
    return PodVolume.ofSecret(name, secretName, true);
  }

  /** A persistent volume, such as one of Amazon EFS or FSx, by a claim in the namespace of the pod. */
  public static persistentVolumeClaim(name: string, claimName: string): PodVolume {
    return PodVolume.ofClaim(name, claimName, false);
  }

  /** A persistent volume that no container of the pod may write to. */
  public static readOnlyPersistentVolumeClaim(name: string, claimName: string): PodVolume {
    return PodVolume.ofClaim(name, claimName, true);
  }

  private static ofSecret(name: string, secretName: string, optional: boolean): PodVolume {
    return new PodVolume(name, (scope) => {
      checkSubdomain(scope, `the secret of volume '${name}'`, secretName, 'job-eks-names');
      return { secret: { secretName, optional } };
    });
  }

  private static ofClaim(name: string, claimName: string, readOnly: boolean): PodVolume {
    return new PodVolume(name, (scope) => {
      checkSubdomain(scope, `the claim of volume '${name}'`, claimName, 'job-eks-names');
      return { persistentVolumeClaim: { claimName, readOnly } };
    });
  }

  private constructor(
    /** Name of the volume, unique in its pod: at most 63 lower-case letters, digits and hyphens. */
    public readonly name: string,
    private readonly source: (scope: IConstruct) => Omit<batch.CfnJobDefinition.EksVolumeProperty, 'name'>,
  ) {}

  /** @internal */
  public _render(scope: IConstruct): batch.CfnJobDefinition.EksVolumeProperty {
    checkLabel(scope, 'the name of a volume', this.name, 'job-eks-names');
    return { name: this.name, ...this.source(scope) };
  }
}

/** Where a container sees a volume of its pod. */
export interface PodVolumeMount {
  /** Volume to mount. */
  readonly volume: PodVolume;

  /** Absolute path in the container, without `:`. */
  readonly mountPath: string;

  /**
   * Part of the volume to mount, a path relative to its root.
   *
   * @default - the whole volume
   */
  readonly subPath?: string;

  /**
   * Whether the container may not write to the volume.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
