import { Token } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { MAX_NODE_GROUPS as MAX_GROUPS } from '../../contracts/rules/job';
import { checkRange, fail } from '../../private/check';
import type { JobDemand } from '../job-demand';
import type { JobTask } from '../container/job-task';
import type { NodeGroup, NodeRange } from './node-group';
import { demandOf } from '../container/task-size';

/** What says how many nodes a job has, and which of them is which. @internal */
export interface NodeNumbers {
  readonly nodeGroups: readonly { readonly count: number }[];
  readonly mainNode?: number;
  readonly instanceType?: ec2.InstanceType;
}

/**
 * Renders the nodes of a job: ranges are counted here, so that there is neither a gap nor an overlap.
 *
 * @param ranges What runs on the nodes of each group.
 * @internal
 */
export function renderNodeProperties(
  scope: IConstruct,
  { nodeGroups, mainNode = 0, instanceType }: NodeNumbers,
  ranges: readonly NodeRange[],
): batch.CfnJobDefinition.NodePropertiesProperty {
  checkGroups(scope, nodeGroups);
  const numNodes = nodeGroups.length === 1 ? nodeGroups[0].count : sum(nodeGroups);
  if (!Token.isUnresolved(numNodes)) {
    checkRange(scope, 'mainNode', mainNode, 0, numNodes - 1, { check: 'job-main-node' });
  }
  return {
    mainNode,
    numNodes,
    nodeRangeProperties: ranges.map((range, index) => ({
      targetNodes: targetNodes(nodeGroups, index),
      ...range,
      instanceTypes: instanceType === undefined ? undefined : [instanceType.toString()],
    })),
  };
}

/** What each group of nodes takes; nothing, when a part of it is known only at deploy time. @internal */
export function nodeDemandsOf(task: JobTask, nodeGroups: readonly NodeGroup[]): JobDemand[] | undefined {
  const demands = nodeGroups.map((group) => {
    const demand = demandOf(task, group._containers);
    return demand?.map((one) => ({ ...one, nodes: group.count }));
  });
  return demands.some((demand) => demand === undefined) ? undefined : demands.flatMap((demand) => demand ?? []);
}

/** The last range is open: a submission with another number of nodes is refused without. */
function targetNodes(nodeGroups: NodeNumbers['nodeGroups'], index: number): string {
  const first = sum(nodeGroups.slice(0, index));
  return index === nodeGroups.length - 1 ? `${first}:` : `${first}:${first + nodeGroups[index].count - 1}`;
}

const sum = (nodeGroups: NodeNumbers['nodeGroups']): number =>
  nodeGroups.reduce((total, { count }) => total + count, 0);

function checkGroups(scope: IConstruct, nodeGroups: NodeNumbers['nodeGroups']): void {
  if (nodeGroups.length === 0 || nodeGroups.length > MAX_GROUPS) {
    throw fail(
      scope,
      `'nodeGroups' must hold 1 to ${MAX_GROUPS} groups of nodes, got ${nodeGroups.length}`,
      'job-node-groups',
    );
  }
  nodeGroups.forEach(({ count }, index) => {
    if (Token.isUnresolved(count) && nodeGroups.length > 1) {
      throw fail(
        scope,
        `the number of nodes in 'nodeGroups[${index}]' must be known before deployment, as the nodes of all groups are ` +
          'numbered: only the number of a single group may come later',
      );
    }
    checkRange(scope, `nodeGroups[${index}].count`, count, 1, Number.MAX_SAFE_INTEGER, { check: 'job-node-groups' });
  });
}
