import { Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import { PlatformCapability } from '../compute/compute-environment';
import type { IBatchJob } from '../job/batch-job-interface';
import { JobDefinitionKind } from '../job/definition/job-definition-kind';

/** What containers run in together, which decides where SubmitJob wants their overrides. @internal */
export type Place = 'container' | 'task' | 'pod';

/** Containers that run together, and the nodes that run them. @internal */
export interface ContainerGroup {
  readonly place: Place;
  /** Their names, where the definition gives them any; not known for a job that is defined elsewhere. */
  readonly containers?: readonly (string | undefined)[];
  readonly initContainers?: readonly (string | undefined)[];
  /** Only in a multi-node parallel job. */
  readonly targetNodes?: string;
}

/** What a job definition consists of, as far as overrides need to know. @internal */
export interface JobShape {
  readonly groups: readonly ContainerGroup[];
  readonly isMultiNode: boolean;
}

/** What jobs are most likely, of which nothing else is known. */
const PLACES: Readonly<Record<PlatformCapability, Place>> = {
  [PlatformCapability.EC2]: 'container',
  [PlatformCapability.FARGATE]: 'container',
  [PlatformCapability.MANAGED_INSTANCES]: 'task',
  [PlatformCapability.EKS]: 'pod',
};

/**
 * Reads the shape of a job from its definition; of a job that is defined elsewhere, its kind is known at most.
 * @internal
 */
export function shapeOf(job: IBatchJob): JobShape {
  const resource = job.node.defaultChild;
  if (!batch.CfnJobDefinition.isCfnJobDefinition(resource)) return unknownShape(job);
  const { containerProperties, ecsProperties, eksProperties, nodeProperties } = resource;
  const resolved: unknown = Stack.of(job).resolve({ containerProperties, ecsProperties, eksProperties });
  if (nodeProperties === undefined) return { groups: [groupOf(resolved)], isMultiNode: false };
  const nodes: unknown = Stack.of(job).resolve(nodeProperties);
  const groups = listAt(nodes, 'nodeRangeProperties').map((range) => {
    const targetNodes = at(range, 'targetNodes');
    return { ...groupOf(range), targetNodes: typeof targetNodes === 'string' ? targetNodes : undefined };
  });
  return { groups, isMultiNode: true };
}

function unknownShape({ kind, queue }: IBatchJob): JobShape {
  switch (kind) {
    case JobDefinitionKind.MULTI_NODE:
      return { groups: [{ place: 'container', targetNodes: '0:' }], isMultiNode: true };
    case JobDefinitionKind.TASK:
      return { groups: [{ place: 'task' }], isMultiNode: false };
    case JobDefinitionKind.POD:
      return { groups: [{ place: 'pod' }], isMultiNode: false };
    case JobDefinitionKind.CONTAINER:
      return { groups: [{ place: 'container' }], isMultiNode: false };
    case undefined:
      return { groups: [{ place: PLACES[queue.platformCapability] }], isMultiNode: false };
  }
}

/** The containers of a definition, or of one range of its nodes. */
function groupOf(definition: unknown): ContainerGroup {
  const pod = at(at(definition, 'eksProperties'), 'podProperties');
  if (pod !== undefined) {
    const [containers, initContainers] = [namesOf(pod, 'containers'), namesOf(pod, 'initContainers')];
    return { place: 'pod', containers, initContainers };
  }
  const [task] = listAt(at(definition, 'ecsProperties'), 'taskProperties');
  if (task !== undefined) return { place: 'task', containers: namesOf(task, 'containers') };
  return { place: 'container', containers: [undefined] };
}

function namesOf(value: unknown, list: string): readonly (string | undefined)[] {
  return listAt(value, list).map((container) => {
    const name = at(container, 'name');
    return typeof name === 'string' ? name : undefined;
  });
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const list = at(value, name);
  return Array.isArray(list) ? list : [];
}

function at(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
