import { PlatformCapability } from '../../compute/compute-environment';
import type { Resource, Template, Value } from '../template/template';

/** Containers of a job definition that ECS runs together, as a template has them. @internal */
export interface Task {
  /** What says where and how they run. */
  readonly properties: Value;
  readonly containers: readonly Value[];
  /** What the job runs on, if that is known. */
  readonly platform?: PlatformCapability;
  readonly isWindows: boolean;
  /** Version of Fargate. */
  readonly platformVersion: Value;
  /** Number of nodes that run it, of a multi-node parallel job. */
  readonly nodes?: number;
}

/** A pod of a job definition, as a template has it. @internal */
export interface Pod {
  readonly properties: Value;
  readonly containers: readonly Value[];
  readonly initContainers: readonly Value[];
  /** Number of nodes that run it, of a multi-node parallel job. */
  readonly nodes?: number;
}

/** A job definition, as a template has it. @internal */
export interface JobDefinition {
  readonly logicalId: string;
  readonly properties: Value;
  readonly metadata: Value;
  readonly platform?: PlatformCapability;
  readonly tasks: readonly Task[];
  readonly pods: readonly Pod[];
}

const TYPE = 'AWS::Batch::JobDefinition';

/** The job definitions of a template. @internal */
export const jobDefinitionsOf = (template: Template): JobDefinition[] => template.ofType(TYPE).map(jobDefinitionOf);

/** The tasks of all job definitions. @internal */
export const tasksOf = (template: Template): Task[] => jobDefinitionsOf(template).flatMap(({ tasks }) => tasks);

/** The pods of all job definitions. @internal */
export const podsOf = (template: Template): Pod[] => jobDefinitionsOf(template).flatMap(({ pods }) => pods);

/** The job definition that a value refers to, if it is of the same template. @internal */
export function referredJobDefinition({ target }: Value): JobDefinition | undefined {
  return target?.type === TYPE ? jobDefinitionOf(target) : undefined;
}

function jobDefinitionOf({ logicalId, properties, metadata }: Resource): JobDefinition {
  const ranges = properties.at('NodeProperties', 'NodeRangeProperties').items ?? [];
  const parts = [
    { holder: properties, container: 'ContainerProperties', nodes: undefined },
    ...ranges.map((holder, index) => ({ holder, container: 'Container', nodes: nodesOf(properties, index) })),
  ];
  const platform = platformOf(properties, ranges);
  return {
    logicalId,
    properties,
    metadata,
    platform,
    tasks: parts.flatMap(({ holder, container, nodes }) =>
      [holder.at(container), ...(holder.at('EcsProperties', 'TaskProperties').items ?? [])]
        .filter(({ isAbsent }) => !isAbsent)
        .map((task) => taskOf(task, platform, nodes)),
    ),
    pods: parts.flatMap(({ holder, nodes }) => {
      const pod = holder.at('EksProperties', 'PodProperties');
      if (pod.isAbsent) return [];
      const containers = pod.at('Containers').items ?? [];
      return [{ properties: pod, containers, initContainers: pod.at('InitContainers').items ?? [], nodes }];
    }),
  };
}

function platformOf(properties: Value, ranges: readonly Value[]): PlatformCapability | undefined {
  if ([properties, ...ranges].some((holder) => !holder.at('EksProperties').isAbsent)) return PlatformCapability.EKS;
  const capabilities = properties.at('PlatformCapabilities');
  if (capabilities.isAbsent) return PlatformCapability.EC2;
  const names = capabilities.texts.map((name) => name.toUpperCase());
  return [PlatformCapability.FARGATE, PlatformCapability.MANAGED_INSTANCES, PlatformCapability.EC2].find((one) =>
    names.includes(one),
  );
}

function taskOf(properties: Value, platform: PlatformCapability | undefined, nodes: number | undefined): Task {
  const containers = properties.at('Containers');
  const ofTask = properties.at('PlatformVersion');
  return {
    properties,
    // The one container of `ContainerProperties` is its task as well.
    containers: containers.isAbsent ? [properties] : (containers.items ?? []),
    platform,
    isWindows: properties.at('RuntimePlatform', 'OperatingSystemFamily').text?.startsWith('WINDOWS') ?? false,
    platformVersion: ofTask.isAbsent ? properties.at('FargatePlatformConfiguration', 'PlatformVersion') : ofTask,
    nodes,
  };
}

/** Nodes of a range such as `0:3`, or `4:` for all the others. */
function nodesOf(properties: Value, index: number): number | undefined {
  const range = properties.at('NodeProperties', 'NodeRangeProperties', String(index), 'TargetNodes').text;
  const total = properties.at('NodeProperties', 'NumNodes').number;
  const [first, last] = nodeRange(range ?? '', total ?? Number.NaN);
  return Number.isInteger(last - first) ? last - first + 1 : undefined;
}

/** The first and the last node of a range. @internal */
export function nodeRange(text: string, total: number): readonly [first: number, last: number] {
  const [first = '', last = first] = text.split(':');
  return [first === '' ? 0 : Number(first), last === '' ? total - 1 : Number(last)];
}
