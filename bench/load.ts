import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

// Tells what importing the library costs beyond the modules of the CDK that it uses. Run as `node load.js modules`, it
// prints the files of those modules; run as `node load.js time <files as JSON>`, it loads them first and then takes the
// time of the library alone.
const load = createRequire(__filename);
const [mode, files = '[]'] = process.argv.slice(2);
const library = join(__dirname, '..', 'lib') + sep;

if (mode === 'time') {
  const modules: unknown = JSON.parse(files);
  if (!Array.isArray(modules)) throw new Error('a list of files is expected');
  for (const file of modules) load(String(file));
}
const start = performance.now();
load('cdk-batch-platform');
const milliseconds = performance.now() - start;

const others = Object.keys(load.cache).filter((file) => !file.startsWith(library) && file !== __filename);
console.log(JSON.stringify(mode === 'time' ? milliseconds : others));
