import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { lazyIndex } from './lazy-index';

// Run after jsii: whoever imports the library pays for the constructs that are used, not for all of them.
const folder = resolve('dist/lib');
const index = join(folder, 'index.js');
const load = createRequire(index);

const namesOf = (module: string): readonly string[] => {
  const exported: unknown = load(join(folder, module));
  return typeof exported === 'object' && exported !== null ? Object.keys(exported) : [];
};
writeFileSync(index, lazyIndex(readFileSync(index, 'utf8'), namesOf));
