import type * as batch from 'aws-cdk-lib/aws-batch';
import type { PodContainer } from './eks-container';
import type { IPodServiceAccount } from './eks-service-account';

/**
 * What a pod is: its containers, and what they share.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EksPodProperties.html
 */
export interface PodOptions {
  /** Containers that run side by side, 1 to 10. The attempt ends when all of them have ended. */
  readonly containers: PodContainer[];

  /**
   * Containers that run one after the other before the others start, up to 10.
   *
   * @default - no containers run before the others
   */
  readonly initContainers?: PodContainer[];

  /**
   * Namespace of the pods; AWS Batch needs the permissions of a role binding there. It must not be `default` or begin
   * with `kube-`.
   *
   * @default - that of the service account, if it is known, or else that of the compute environment
   */
  readonly kubernetesNamespace?: string;

  /**
   * What the code in the pod acts as.
   *
   * @default - the service account `default` of the namespace, without permissions in AWS
   */
  readonly serviceAccount?: IPodServiceAccount;

  /**
   * Labels of the pods. Keys that begin with `batch.amazonaws.com/` belong to AWS Batch.
   *
   * @default - those of AWS Batch only
   */
  readonly labels?: Record<string, string>;

  /**
   * Annotations of the pods, with values of at most 255 characters.
   *
   * @default - those of AWS Batch only
   */
  readonly annotations?: Record<string, string>;

  /**
   * Names of the Kubernetes secrets, in the namespace of the pods, with which nodes sign in to private registries.
   *
   * @default - none: registries without password, and Amazon ECR by the role of the nodes
   */
  readonly imagePullSecrets?: string[];

  /**
   * Whether pods use the network of their node instead of an IP address each.
   *
   * AWS Batch itself would say yes, as that saves addresses and starts faster. But then all pods of a node share its
   * ports, and any of them can take the credentials of the node role from the instance metadata.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/eks-jobs.html
   * @default false - each pod has an address of the subnets
   */
  readonly hostNetwork?: boolean;

  /**
   * How pods resolve names.
   *
   * @default - by the cluster, `ClusterFirst` or, on the network of the node, `ClusterFirstWithHostNet`
   */
  readonly dnsPolicy?: batch.DnsPolicy;

  /**
   * Whether the containers see each other's processes.
   *
   * @default false
   */
  readonly shareProcessNamespace?: boolean;
}
