import type { Size } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';

/**
 * The root volume of instances: gp3, encrypted, deleted together with the instance. It holds the images and the files of
 * all jobs there. Changes replace instances, never the compute environment.
 */
export interface RootVolumeProps {
  /**
   * Size of the root volume. From 30 GiB, the size of the image, to 64 TiB.
   *
   * gp3 costs about 0.08 USD per GiB and month in us-east-1, that is 1 cent an hour for 100 GiB while an instance runs
   * (https://aws.amazon.com/ebs/pricing/).
   *
   * @default Size.gibibytes(100)
   */
  readonly rootVolumeSize?: Size;

  /**
   * Input and output operations per second, 3,000 to 80,000 and at most 500 per GiB
   * (https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html). 3,000 are in the price of the volume.
   *
   * @default 3000
   */
  readonly rootVolumeIops?: number;

  /**
   * Throughput per second, 125 to 2,000 MiB and at most a quarter of a MiB for each operation. 125 MiB are in the price
   * of the volume. Large images and many jobs on one instance need more.
   *
   * @default Size.mebibytes(125)
   */
  readonly rootVolumeThroughput?: Size;

  /**
   * Key that encrypts the root volume. A key of this app is given the statements that EC2 Auto Scaling needs to start
   * instances; an imported one must have them, or instances end as soon as they start and jobs wait forever
   * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html).
   *
   * @default - the key of the account for EBS, `aws/ebs`
   */
  readonly rootVolumeKey?: kms.IKey;
}
