import type { IConstruct } from 'constructs';
import type { ConsumableResourceRequirement } from '../job/job-props';
import { checkRange, fail } from '../private/check';
import type { ContainerOverride } from './container-override';
import { type GeneralOverride, renderContainers, renderInitContainers } from './container-overrides';
import type { ContainerGroup, JobShape } from './job-shape';
import type { NodeRangeOverride } from './node-override';
import type { PodOverride } from './pod-override';
import type { SubmissionOptions } from './submission-options';

/** Where SubmitJob takes the overrides of a job: exactly one of three places, and a fourth for several nodes. @internal */
export function renderOverrides(
  scope: IConstruct,
  shape: JobShape,
  options: SubmissionOptions & GeneralOverride,
): Record<string, unknown> {
  const { containers, pod, nodes } = options;
  if (shape.isMultiNode) return { NodeOverrides: renderNodes(scope, shape.groups, options) };
  if (nodes !== undefined) {
    throw fail(scope, `'nodes' is for multi-node parallel jobs, which this is not: leave it out`, 'pipeline-overrides');
  }
  const [group] = shape.groups;
  return renderGroup(scope, group, options, containers, pod) ?? {};
}

function renderGroup(
  scope: IConstruct,
  group: ContainerGroup,
  general: GeneralOverride,
  named?: readonly ContainerOverride[],
  pod?: PodOverride,
): Record<string, unknown> | undefined {
  if (pod !== undefined && group.place !== 'pod') {
    throw fail(scope, `'pod' is for jobs on Amazon EKS, which this is not: leave it out`, 'pipeline-overrides');
  }
  const containers = renderContainers(scope, group, general, named);
  switch (group.place) {
    case 'pod': {
      const properties = compact({
        Containers: nonEmpty(containers),
        InitContainers: nonEmpty(renderInitContainers(scope, group.initContainers, pod?.initContainers)),
        Metadata: compact({ Labels: pod?.labels, Annotations: pod?.annotations, Namespace: pod?.kubernetesNamespace }),
      });
      return properties && { EksPropertiesOverride: { PodProperties: properties } };
    }
    case 'task':
      return nonEmpty(containers) && { EcsPropertiesOverride: { TaskProperties: [{ Containers: containers }] } };
    case 'container':
      return nonEmpty(containers) && { ContainerOverrides: containers[0] };
  }
}

function renderNodes(
  scope: IConstruct,
  defined: readonly ContainerGroup[],
  options: SubmissionOptions & GeneralOverride,
): Record<string, unknown> | undefined {
  const { command, size, sizeExpression, environment, environmentExpression, containers, pod, nodes = {} } = options;
  const ranges = nodes.ranges ?? [];
  const groups = groupsOf(defined, ranges);
  const single = groups.length === 1;
  const inRanges = command ?? size ?? sizeExpression ?? containers ?? pod;
  if (!single && inRanges !== undefined) {
    throw fail(
      scope,
      `'command', 'size', 'containers' and 'pod' of a job with several ranges of nodes belong into 'nodes.ranges'`,
      'pipeline-overrides',
    );
  }
  checkRange(scope, 'nodes.nodeCount', nodes.nodeCount, 1, Number.MAX_SAFE_INTEGER, { check: 'pipeline-overrides' });
  checkOpenEnd(scope, groups, nodes.nodeCount);
  const general = single ? options : { environment, environmentExpression };
  checkTargets(scope, groups, ranges);
  const overrides = groups.flatMap((group) => {
    const own = ranges.find(({ targetNodes }) => targetNodes === group.targetNodes);
    const merged = { ...general, ...own, environment: { ...general.environment, ...own?.environment } };
    const rendered = compact({
      ...renderGroup(scope, group, merged, own?.containers ?? options.containers, own?.pod ?? pod),
      InstanceTypes: own?.instanceTypes,
      ConsumableResourcePropertiesOverride: renderConsumables(scope, own?.consumableResources),
    });
    return rendered === undefined ? [] : [{ TargetNodes: group.targetNodes, ...rendered }];
  });
  return compact({ NumNodes: nodes.nodeCount, NodePropertyOverrides: nonEmpty(overrides) });
}

/** The nodes of a job that is defined elsewhere are those that were named. */
function groupsOf(defined: readonly ContainerGroup[], ranges: readonly NodeRangeOverride[]): readonly ContainerGroup[] {
  if (ranges.length === 0 || defined.every(({ containers }) => containers !== undefined)) return defined;
  return ranges.map(({ targetNodes, containers, pod }) => {
    if (pod !== undefined) return { place: 'pod', targetNodes };
    return { place: containers === undefined ? 'container' : 'task', targetNodes };
  });
}

/** What a job takes of resources that are counted, for one submission. @internal */
export function renderConsumables(scope: IConstruct, requirements?: readonly ConsumableResourceRequirement[]): unknown {
  if (requirements === undefined) return undefined;
  return {
    ConsumableResourceList: requirements.map(({ resource, quantity }, index) => {
      checkRange(scope, `consumableResources[${index}].quantity`, quantity, 1, Number.MAX_SAFE_INTEGER, {
        check: 'job-consumable-quantity',
      });
      return { ConsumableResource: resource.consumableResourceRef.consumableResourceArn, Quantity: quantity };
    }),
  };
}

function checkOpenEnd(scope: IConstruct, groups: readonly ContainerGroup[], nodeCount?: number): void {
  if (nodeCount === undefined) return;
  const last = groups[groups.length - 1]?.targetNodes;
  if (last === undefined || last.endsWith(':')) return;
  throw fail(
    scope,
    `'nodes.nodeCount' needs a job definition whose last range of nodes is open, such as '1:', this one ends with ` +
      JSON.stringify(last),
    'pipeline-overrides',
  );
}

function checkTargets(
  scope: IConstruct,
  groups: readonly ContainerGroup[],
  ranges: readonly NodeRangeOverride[],
): void {
  const known = groups.map(({ targetNodes }) => targetNodes);
  for (const { targetNodes } of ranges) {
    if (known.includes(targetNodes)) continue;
    throw fail(
      scope,
      `there is no range of nodes ${JSON.stringify(targetNodes)} to override, the job has ${known.join(', ')}`,
      'pipeline-overrides',
    );
  }
}

function nonEmpty<Value>(list: readonly Value[]): readonly Value[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** A record without what is not there; nothing when all of it is not there. */
function compact(record: Record<string, unknown>): Record<string, unknown> | undefined {
  const present = Object.entries(record).filter(([, value]) => value !== undefined);
  return present.length === 0 ? undefined : Object.fromEntries(present);
}
