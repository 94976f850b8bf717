import { validationError } from './errors';

/** What each node needs to have before itself. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** The nodes, each after all it depends on; a cycle is refused with its members. */
export const inOrder = (graph: Graph): readonly string[] => {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (node: string, path: readonly string[]): void => {
    if (state.get(node) === 'done') return;
    if (state.get(node) === 'open') {
      const cycle = path.slice(path.indexOf(node));
      throw validationError(`Circular dependency between resources: [${cycle.join(', ')}]`);
    }
    state.set(node, 'open');
    for (const dependency of graph.get(node) ?? []) {
      if (graph.has(dependency)) visit(dependency, [...path, node]);
    }
    state.set(node, 'done');
    order.push(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return order;
};

/** The same nodes with every arrow turned round: the order of deletion. */
export const reversed = (graph: Graph): Graph => {
  const turned = new Map<string, string[]>([...graph.keys()].map((node) => [node, []]));
  for (const [node, dependencies] of graph) {
    for (const dependency of dependencies) turned.get(dependency)?.push(node);
  }
  return turned;
};

/**
 * Visits every node as soon as all it depends on were visited, independent nodes at the same time.
 * `visit` tells whether the nodes that depend on this one may follow. Answers when nothing is running any more.
 */
export const visitAll = async (graph: Graph, visit: (node: string) => Promise<boolean>): Promise<void> => {
  const visits = new Map<string, Promise<boolean>>();
  for (const node of inOrder(graph)) {
    const before = (graph.get(node) ?? []).flatMap((dependency) => visits.get(dependency) ?? []);
    const next = async (): Promise<boolean> => !(await Promise.all(before)).includes(false) && visit(node);
    visits.set(node, next());
  }
  await Promise.all(visits.values());
};
