import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { PodGroup } from './eks-pod-group';
import type { JobProps } from '../job-props';

/** What runs on the nodes of a job on Amazon EKS. */
export interface EksMultiNodeJobProps extends JobProps {
  /**
   * Groups of nodes, 1 to 5, each with a pod on every node. Nodes are numbered through all groups in this order, from 0.
   *
   * A submission may ask for another number of nodes: it is the last group that grows or shrinks.
   */
  readonly nodeGroups: PodGroup[];

  /**
   * Number of the node that starts first and ends the job when it ends.
   *
   * @default 0
   */
  readonly mainNode?: number;

  /**
   * Instance type of all nodes.
   *
   * @default - AWS Batch chooses one type for all nodes from those of the compute environment
   */
  readonly instanceType?: ec2.InstanceType;
}
