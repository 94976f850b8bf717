import type * as batch from 'aws-cdk-lib/aws-batch';
import { renderConsumables } from '../definition/consumable-requirements';
import type { ContainerOptions } from '../container/container-options';
import type { ConsumableResourceRequirement } from '../job-props';
import type { JobTask } from '../container/job-task';
import type { TaskNamespaceOptions } from '../multi-container-job-props';
import { renderContainerProperties } from '../container/render-container-properties';
import { renderTask } from '../container/render-task';
import { writable } from '../container/scratch';
import type { TaskContainerOptions } from '../container/task-container-options';

/** What a group of nodes can be told beside what runs there. */
export interface NodeGroupOptions {
  /**
   * What each node takes of resources that are counted, such as licence seats.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/resource-aware-scheduling.html
   * @default - nothing
   */
  readonly consumableResources?: ConsumableResourceRequirement[];
}

/** What a group of nodes with several containers can be told beside what runs there. */
export interface NodeGroupTaskOptions extends NodeGroupOptions, TaskNamespaceOptions {}

/** What runs on the nodes of a range. @internal */
export type NodeRange = Pick<
  batch.CfnJobDefinition.NodeRangePropertyProperty,
  'container' | 'ecsProperties' | 'eksProperties' | 'consumableResourceProperties'
>;

/** Nodes of a multi-node parallel job that all run the same. Each node is an instance of its own. */
export class NodeGroup {
  /** Nodes that run one container. */
  public static of(count: number, container: ContainerOptions, options: NodeGroupOptions = {}): NodeGroup {
    return new NodeGroup(count, [container], options, (task) => ({
      container: renderContainerProperties(task, writable(container)),
    }));
  }

  /** Nodes that run several containers together. */
  public static ofContainers(
    count: number,
    containers: TaskContainerOptions[],
    options: NodeGroupTaskOptions = {},
  ): NodeGroup {
    return new NodeGroup(count, containers, options, (task) => ({
      ecsProperties: { taskProperties: [renderTask(task, containers.map(writable), options)] },
    }));
  }

  private constructor(
    /** How many nodes there are. */
    public readonly count: number,
    private readonly containers: readonly ContainerOptions[],
    private readonly options: NodeGroupOptions,
    private readonly render: (task: JobTask) => NodeRange,
  ) {}

  /** @internal */
  public get _containers(): readonly ContainerOptions[] {
    return this.containers;
  }

  /** @internal */
  public _render(task: JobTask): NodeRange {
    return {
      ...this.render(task),
      consumableResourceProperties: renderConsumables(task.scope, this.options.consumableResources),
    };
  }
}
