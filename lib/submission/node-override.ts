import type { ConsumableResourceRequirement } from '../job/job-props';
import type { ContainerOverride, ContainerOverrideOptions } from './container-override';
import type { PodOverride } from './pod-override';

/** What the nodes of a multi-node parallel job get for one submission. */
export interface NodeOverride {
  /**
   * Number of nodes. The last range of nodes in the job definition has to be open, as in `2:`.
   *
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_NodeOverrides.html
   * @default - as many as the job definition says
   */
  readonly nodeCount?: number;

  /**
   * What the nodes of one range get.
   *
   * @default - all nodes get what the whole job gets
   */
  readonly ranges?: NodeRangeOverride[];
}

/** What the nodes of one range get. `command`, `environment` and `size` are those of its only container. */
export interface NodeRangeOverride extends ContainerOverrideOptions {
  /** Range of nodes as in the job definition, such as `0:3`, or `4:` for all nodes from there on. */
  readonly targetNodes: string;

  /**
   * Containers by name, where a node has several.
   *
   * @default - as the job definition says
   */
  readonly containers?: ContainerOverride[];

  /**
   * Pod of each node, on Amazon EKS.
   *
   * @default - as the job definition says
   */
  readonly pod?: PodOverride;

  /**
   * Instance types of the nodes, such as `hpc7a.96xlarge`.
   *
   * @default - as the job definition says
   */
  readonly instanceTypes?: string[];

  /**
   * What the nodes take of resources that are counted.
   *
   * @default - as the job definition says
   */
  readonly consumableResources?: ConsumableResourceRequirement[];
}
