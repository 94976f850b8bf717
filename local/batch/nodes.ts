import type { Reader } from '../core/reader';
import type { Output } from '../core/service';
import { allowOnly, checkRange, clientError } from './checks';
import type { Platform } from './compute-environment';
import type { Container } from './container';
import { readContainer } from './container-properties';
import { readEcsTask } from './ecs-properties';

const MAX_NODES = 1000;

/** Nodes with the same containers. */
interface NodeRange {
  readonly first: number;
  readonly last: number;
  readonly containers: readonly Container[];
}

/** The nodes of a multi-node job. */
export interface Nodes {
  readonly count: number;
  readonly main: number;
  readonly ranges: readonly NodeRange[];
}

/** Which of the nodes a container is on. */
export interface NodePlace {
  readonly index: number;
  readonly main: number;
  readonly count: number;
}

/** `0:3`, `:3`, `4:` or `5`; an open end is the first or last node, however many there are. */
export const readTarget = (target: string): { readonly first: number; readonly last: number } => {
  const [, from, colon, to] = /^(\d*)(:?)(\d*)$/.exec(target) ?? [];
  const first = from === '' ? 0 : Number(from);
  const last = colon === '' ? first : to === '' ? Infinity : Number(to);
  if (Number.isNaN(first) || Number.isNaN(last) || first > last || target === '') {
    throw clientError(`'targetNodes' must be a range such as 0:3 or 4:, got '${target}'`);
  }
  return { first, last };
};

/** Reads `nodeProperties` of a job definition. */
export const readNodes = (reader: Reader, platforms: readonly Platform[]): Nodes => {
  allowOnly(reader, 'nodeProperties', ['mainNode', 'numNodes', 'nodeRangeProperties']);
  const count = checkRange('numNodes', reader.number('numNodes'), 1, MAX_NODES);
  const main = reader.number('mainNode');
  if (main < 0 || main >= count) throw clientError(`'mainNode' must be one of ${count} nodes, got ${main}`);
  const ranges = reader.records('nodeRangeProperties').map((range) => ({
    ...readTarget(range.text('targetNodes')),
    containers: range.has('ecsProperties')
      ? readEcsTask(range.record('ecsProperties'), platforms)
      : range.has('container')
        ? [readContainer(range.record('container'), platforms)]
        : [],
  }));
  for (let index = 0; index < count; index += 1) {
    if (!ranges.some(({ first, last }) => index >= first && index <= last)) {
      throw clientError(`'nodeRangeProperties' must cover all ${count} nodes, node ${index} is in none`);
    }
  }
  return { count, main, ranges };
};

/** The last range that names a node is its own. */
const containersAt = ({ ranges }: Nodes, index: number): readonly Container[] =>
  ranges.filter(({ first, last }) => index >= first && index <= last).at(-1)?.containers ?? [];

/**
 * The containers of all nodes, as those of one task: the main node starts first, and with its end the job ends; the other
 * nodes begin when it runs.
 */
export const containersOfNodes = (
  nodes: Nodes,
  override: (index: number, containers: readonly Container[]) => readonly Container[],
): readonly Container[] => {
  const { count, main } = nodes;
  const nameAt = (index: number, name: string): string => `node-${index}-${name}`;
  const mainName = containersAt(nodes, main).find(({ essential }) => essential)?.name ?? '';
  return Array.from({ length: count }, (_, index) => index).flatMap((index) =>
    override(index, containersAt(nodes, index)).map((container) => ({
      ...container,
      name: nameAt(index, container.name),
      essential: index === main && container.essential,
      node: { index, main, count },
      dependsOn: [
        ...container.dependsOn.map((one) => ({ ...one, containerName: nameAt(index, one.containerName) })),
        ...(index === main ? [] : [{ containerName: nameAt(main, mainName), condition: 'START' as const }]),
      ],
    })),
  );
};

/** The variables that tell a container about its node. */
export const nodeVariables = ({ index, main, count }: NodePlace): Readonly<Record<string, string>> => ({
  AWS_BATCH_JOB_NODE_INDEX: String(index),
  AWS_BATCH_JOB_MAIN_NODE_INDEX: String(main),
  AWS_BATCH_JOB_NUM_NODES: String(count),
  // The main node does not get its own address; here all nodes are on this machine.
  ...(index === main ? {} : { AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS: '127.0.0.1' }),
});

/** One node, as a job is described. */
export const describeNode = ({ index, main, count }: NodePlace): Output => ({
  nodeIndex: index,
  isMainNode: index === main,
  numNodes: count,
});
