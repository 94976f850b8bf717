import type { Construct } from 'constructs';
import { renderConsumables } from '../definition/consumable-requirements';
import type { PodOptions } from './eks-pod-options';
import type { PodMetadata } from './eks-metadata';
import { renderPod } from './eks-render-pod';
import { writable } from './eks-scratch';
import type { NodeGroupOptions, NodeRange } from '../multi-node/node-group';

/** What runs on the nodes of a group. @internal */
export interface RenderedPodGroup {
  readonly range: NodeRange;
  readonly metadata?: PodMetadata;
}

/** Nodes of a multi-node parallel job on Amazon EKS that all run the same pod. Each node is an instance of its own. */
export class PodGroup {
  /** Nodes that run one pod each. */
  public static of(count: number, pod: PodOptions, options: NodeGroupOptions = {}): PodGroup {
    return new PodGroup(count, pod, options);
  }

  private constructor(
    /** How many nodes there are. */
    public readonly count: number,
    /** @internal */
    public readonly _pod: PodOptions,
    private readonly options: NodeGroupOptions,
  ) {}

  /** @internal */
  public _render(scope: Construct): RenderedPodGroup {
    const { podProperties, metadata } = renderPod(scope, writable(this._pod));
    const consumableResourceProperties = renderConsumables(scope, this.options.consumableResources);
    return { range: { eksProperties: { podProperties }, consumableResourceProperties }, metadata };
  }
}
