import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

// Tells what importing the library costs beyond the modules of the CDK that it uses. Run as `node load.js modules`, it
// prints the files of those modules; run as `node load.js time <files as JSON>`, it loads them first and then takes the
// times of the import, and of the import and the first use of everything in it.
const load = createRequire(__filename);
const [mode, files = '[]'] = process.argv.slice(2);
const folder = join(__dirname, '..', 'lib') + sep;

if (mode === 'time') {
  const modules: unknown = JSON.parse(files);
  if (!Array.isArray(modules)) throw new Error('a list of files is expected');
  for (const file of modules) load(String(file));
}
const start = performance.now();
const library: unknown = load('cdk-batch-platform');
const imported = performance.now() - start;
// Modules are loaded when something of them is used: reading every name loads them all.
if (typeof library === 'object' && library !== null) Object.values(library);
const used = performance.now() - start;

const others = Object.keys(load.cache).filter((file) => !file.startsWith(folder) && file !== __filename);
console.log(JSON.stringify(mode === 'time' ? { imported, used } : others));
