import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../architecture/imports';

export interface Docs {
  readonly summary?: string;
  readonly default?: string;
}

export interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly union?: unknown;
  readonly collection?: { readonly kind: string; readonly elementtype: TypeReference };
}

export interface Member {
  readonly name: string;
  readonly docs?: Docs;
  readonly optional?: boolean;
  readonly immutable?: boolean;
  readonly overrides?: string;
  readonly type?: TypeReference;
  readonly parameters?: readonly Member[];
  readonly returns?: { readonly type: TypeReference };
}

export interface ApiType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly datatype?: boolean;
  readonly base?: string;
  readonly docs?: Docs;
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly members?: readonly Member[];
  readonly initializer?: { readonly parameters?: readonly Member[] };
}

interface Assembly {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly types: Readonly<Record<string, ApiType>>;
}

const isAssembly = (value: unknown): value is Assembly =>
  typeof value === 'object' && value !== null && 'types' in value;

/** The public API as jsii sees it. */
export function readAssembly(): Assembly {
  const file = join(ROOT, '.jsii');
  if (!existsSync(file)) throw new Error('.jsii is missing: run `npm run build:lib` first');
  const assembly: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isAssembly(assembly)) throw new Error('.jsii is not a jsii assembly');
  return assembly;
}
