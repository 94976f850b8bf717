import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as eks from 'aws-cdk-lib/aws-eks';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { ComputeOffer } from '../compute-environment';
import type { InstanceComputeEnvironmentProps } from '../instance-compute-environment-props';

/**
 * Whether AWS Batch itself is let into the cluster by an access entry that it manages.
 *
 * There is one such entry for a cluster. Who deploys it needs `eks:DescribeCluster`, `eks:DescribeAccessEntry`,
 * `eks:CreateAccessEntry`, `eks:AssociateAccessPolicy` and `eks:DeleteAccessEntry`. It stays when the last compute
 * environment of the cluster is deleted.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/eks-access-entries.html
 */
export enum EksAccessEntryState {
  /**
   * AWS Batch creates an access entry, once all compute environments of the cluster say so. Pods then need the access policy
   * `AWSBatchNamespacePolicy` for their namespace, and role bindings no longer count.
   */
  ENABLED = 'ENABLED',
  /**
   * AWS Batch deletes the access entry, once all compute environments of the cluster say so, and is let in by the `aws-auth`
   * ConfigMap. Refused with a cluster that has access entries only (authentication mode `API`).
   */
  DISABLED = 'DISABLED',
  /** An access entry with a cluster that has nothing else (authentication mode `API`); with others, all stays as it is. */
  INHERIT_FROM_CLUSTER = 'INHERIT_FROM_CLUSTER',
}

/** How jobs run as pods of an Amazon EKS cluster, on instances that AWS Batch adds to it. */
export interface EksComputeEnvironmentProps extends InstanceComputeEnvironmentProps {
  /**
   * Cluster that instances join: one of `aws-cdk-lib/aws-eks`, of `aws-cdk-lib/aws-eks-v2`, a `CfnCluster`, or an imported
   * one. A cluster has at most 5 compute environments. Another cluster replaces the compute environment.
   */
  readonly cluster: eks.IClusterRef;

  /**
   * Namespace that AWS Batch puts pods into, unless a job names another. It must exist, AWS Batch must have its permissions
   * there, and it is neither `default` nor `kube-*`. Without them the compute environment may look valid, and jobs wait
   * forever. Another namespace replaces the compute environment.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/getting-started-eks.html
   */
  readonly kubernetesNamespace: string;

  /**
   * Whether AWS Batch is let into the cluster by an access entry that it manages. Changed in place.
   *
   * @default - as `INHERIT_FROM_CLUSTER`; say the same for all compute environments of a cluster
   */
  readonly accessEntry?: EksAccessEntryState;

  /**
   * Role of the instances, which must be let into the cluster as nodes: by an access entry of type `EC2_LINUX`, or by the
   * `aws-auth` ConfigMap of clusters that know no access entries. It must trust `ec2.amazonaws.com`.
   *
   * @default - a new role with the AWS managed policies AmazonEKSWorkerNodePolicy, AmazonEC2ContainerRegistryPullOnly and
   * AmazonEKS_CNI_Policy, and an access entry for it
   */
  readonly nodeRole?: iam.IRole;

  /**
   * Which of its images AWS Batch starts instances from, or what an image of your own is made of. Those on Amazon Linux 2
   * ended on 26 November 2025.
   *
   * @default - Amazon Linux 2023, with the driver of NVIDIA for instances with GPUs
   */
  readonly imageType?: batch.EksMachineImageType;

  /**
   * Version of Kubernetes of the image, such as `1.34`: at most that of the cluster, and one that AWS Batch supports.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/supported_kubernetes_version.html
   * @default - that of the cluster when the image is chosen
   */
  readonly imageKubernetesVersion?: string;

  /**
   * What else runs when an instance starts: a script, a boothook, cloud-config, a `NodeConfig` of nodeadm, or several in
   * `ec2.MultipartUserData`. Becomes MIME multipart, as AWS Batch demands. AWS Batch itself tells instances their cluster.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/eks-launch-templates.html
   * @default - nothing
   */
  readonly userData?: ec2.UserData;
}

/** What is known of a compute environment on Amazon EKS that is defined elsewhere. */
export interface EksComputeEnvironmentAttributes {
  /** ARN of the compute environment. */
  readonly computeEnvironmentArn: string;

  /**
   * Processor architecture of the instances.
   *
   * @default - that of the instances in `offer`, or not known: queues cannot check that their compute environments agree
   */
  readonly architecture?: ec2.InstanceArchitecture;

  /**
   * What jobs can get there.
   *
   * @default - not known: jobs are not compared with it
   */
  readonly offer?: ComputeOffer;
}
