import { AwsError } from '../core/errors';
import type { Input } from '../core/service';

interface Node {
  value?: string;
  readonly children: Map<string, Node>;
}

const MAX_DEPTH = 32;

const plant = (parameters: URLSearchParams): Node => {
  const root: Node = { children: new Map() };
  for (const [path, value] of parameters) {
    const names = path.split('.');
    if (names.length > MAX_DEPTH) {
      throw new AwsError('MalformedQueryString', `a parameter must not be deeper than ${MAX_DEPTH} names`);
    }
    let node = root;
    for (const name of names) {
      const child: Node = node.children.get(name) ?? { children: new Map() };
      node.children.set(name, child);
      node = child;
    }
    node.value = value;
  }
  return root;
};

const inOrder = (children: ReadonlyMap<string, Node>): readonly Node[] =>
  [...children].sort(([left], [right]) => Number(left) - Number(right)).map(([, node]) => node);

const isNumbered = (children: ReadonlyMap<string, Node>): boolean =>
  children.size > 0 && [...children.keys()].every((name) => /^\d+$/.test(name));

/** `entry.N.key` and `entry.N.value`, also in upper case, make a map. */
const harvestMap = (entries: ReadonlyMap<string, Node>): Input =>
  Object.fromEntries(
    inOrder(entries).map(({ children }) => {
      const key = children.get('key') ?? children.get('Name');
      const value = children.get('value') ?? children.get('Value');
      return [key?.value ?? '', value === undefined ? '' : harvest(value)];
    }),
  );

const harvest = (node: Node): unknown => {
  const { children } = node;
  if (children.size === 0) return node.value ?? '';
  const only = children.size === 1 ? [...children][0] : undefined;
  const [name, child] = only ?? [];
  if (child !== undefined && name === 'member' && isNumbered(child.children)) {
    return inOrder(child.children).map(harvest);
  }
  if (child !== undefined && name === 'entry' && isNumbered(child.children)) return harvestMap(child.children);
  // EC2 numbers its lists without `member`.
  if (isNumbered(children)) return inOrder(children).map(harvest);
  return Object.fromEntries([...children].map(([key, member]) => [key, harvest(member)]));
};

/** Turns `A.member.1.B=x` into `{ A: [{ B: 'x' }] }`; every scalar stays text. */
export const unflatten = (parameters: URLSearchParams): Input =>
  Object.fromEntries([...plant(parameters).children].map(([name, node]) => [name, harvest(node)]));
