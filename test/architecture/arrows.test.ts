import { describe, expect, test } from 'vitest';
import { importsOf, sources, type Import } from './imports';

/** Which part of the house may import which other; what is not here is forbidden. `private` and `contracts` are open to all of lib. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  bin: ['lib/index'],
  'lib/index': [
    'lib/platform',
    'lib/network',
    'lib/storage',
    'lib/compute',
    'lib/queue',
    'lib/training',
    'lib/job',
    'lib/submission',
    'lib/pipeline',
    'lib/operations',
    'lib/policy',
  ],
  'lib/platform': ['lib/network', 'lib/storage', 'lib/compute', 'lib/queue', 'lib/job', 'lib/submission'],
  'lib/network': ['lib/storage'],
  'lib/storage': [],
  'lib/compute': ['lib/network'],
  'lib/queue': ['lib/compute'],
  'lib/training': ['lib/queue'],
  'lib/job': ['lib/queue', 'lib/compute'],
  'lib/submission': ['lib/queue', 'lib/compute', 'lib/job', 'lib/operations'],
  'lib/pipeline': ['lib/queue', 'lib/job', 'lib/submission', 'lib/storage', 'lib/operations'],
  'lib/operations': [],
  'lib/policy': ['lib/compute', 'lib/queue', 'lib/job'],
  'lib/private': [],
  'lib/contracts': [],
  'lambda/*': ['lambda/shared', 'lib/contracts'],
  'lambda/shared': ['lib/contracts'],
  // Services reach each other through calls only; patterns and deliveries are what events and topics have in common.
  'local/*': ['local/core', 'local/patterns', 'local/delivery', 'local/polling', 'local/schedules', 'lib/contracts'],
  local: ['local/*', 'local/core', 'lib/contracts'],
};

const SHARED_BY_LIB = ['lib/private', 'lib/contracts'];

/** The part of the house that a file belongs to: `lib/queue`, `lambda/submit`, `bin`, ... */
function partOf(file: string): string {
  const steps = file.split('/');
  if (/^lib(\/index)?(\.ts)?$/.test(file)) return 'lib/index';
  return steps.slice(0, Math.min(2, steps.length - 1)).join('/');
}

/** Handlers and local services follow one rule each, whatever their name. */
function ruleOf(part: string): string {
  if (part in ARROWS) return part;
  return `${part.split('/')[0]}/*`;
}

function allowed({ from, to }: Import): boolean {
  const [source, target] = [partOf(from), partOf(`${to}.ts`)];
  if (source === target) return true;
  if (source.startsWith('lib/') && source !== 'lib/contracts' && SHARED_BY_LIB.includes(target)) {
    return source !== 'lib/private' || target === 'lib/contracts';
  }
  return ARROWS[ruleOf(source)].some((entry) => entry === target || entry === `${target.split('/')[0]}/*`);
}

const files = ['bin', 'lib', 'lambda', 'local'].flatMap(sources);
const imports = files.flatMap(importsOf);
const inside = imports.filter((one) => !one.isPackage);

describe('the import arrows', () => {
  test('are the ones of the design, and no others', () => {
    expect(inside.filter((one) => !allowed(one)).map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  test('a forbidden arrow would be found', () => {
    expect(allowed({ from: 'lib/queue/a.ts', to: 'lib/pipeline/b', isPackage: false })).toBe(false);
    expect(allowed({ from: 'lib/job/a.ts', to: 'lambda/submit/handler', isPackage: false })).toBe(false);
    expect(allowed({ from: 'local/batch/a.ts', to: 'local/states/b', isPackage: false })).toBe(false);
    expect(allowed({ from: 'lib/contracts/a.ts', to: 'lib/private/check', isPackage: false })).toBe(false);
  });

  test('form no cycle between the folders of lib', () => {
    const edges = new Map<string, Set<string>>();
    for (const { from, to } of inside) {
      const [source, target] = [partOf(from), partOf(`${to}.ts`)];
      if (source !== target) edges.set(source, (edges.get(source) ?? new Set()).add(target));
    }
    expect(findCycle(edges)).toEqual([]);
  });
});

describe('packages', () => {
  const CDK = /^(aws-cdk-lib|constructs|aws-cdk)(\/|$)/;
  const offenders = (parts: RegExp, forbidden: RegExp): string[] =>
    imports
      .filter((one) => one.isPackage && parts.test(one.from) && forbidden.test(one.to))
      .map((one) => `${one.from} -> ${one.to}`);

  test('the CDK is unknown to handlers, command line and local endpoint', () => {
    expect(offenders(/^(lambda|local|cli)\//, CDK)).toEqual([]);
  });

  test('the library uses its peers and the standard library of Node only', () => {
    expect(offenders(/^(lib|bin)\//, /^(?!aws-cdk-lib(\/|$)|constructs$|node:|path$|fs$)/)).toEqual([]);
  });

  test('contracts import nothing', () => {
    expect(offenders(/^lib\/contracts\//, /.*/)).toEqual([]);
  });
});

describe('files', () => {
  test('are found at all', () => {
    expect(files.length).toBeGreaterThan(50);
  });
});

/** The folders of one cycle, or nothing. */
function findCycle(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of edges.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle.length > 0) return cycle;
    }
    done.add(node);
    return [];
  };
  for (const node of edges.keys()) {
    const cycle = visit(node, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}
