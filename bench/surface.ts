import { AREAS } from '../test/surface/areas';
import { decide } from '../test/surface/decide';
import { LEFT_OUT } from '../test/surface/left-out';
import { measure } from '../test/surface/measure';

// How much of AWS::Batch the library reaches, as its constructs are synthesised now; the last line is the figure.
const surface = measure(AREAS);
const { all, reached, borrowed } = surface;
const { undecided, stale } = decide(surface, LEFT_OUT);
const typeOf = (path: string): string => path.slice(0, path.indexOf(' '));

for (const type of new Set(all.map(typeOf))) {
  const paths = all.filter((path) => typeOf(path) === type);
  console.log(`${type}: ${paths.filter((path) => reached.has(path)).length} of ${paths.length}`);
}
for (const { path, reason } of LEFT_OUT) console.log(`left out: ${path}: ${reason}`);
for (const path of undecided) console.log(`neither reached nor left out: ${path}`);
for (const path of stale) console.log(`left out, but reached or gone: ${path}`);
console.log(`${borrowed.size} of them are of ConsumableResource, a construct of aws-cdk-lib that jobs take as it is`);
console.log(
  `reachable ${reached.size} of ${all.length} property paths (${((100 * reached.size) / all.length).toFixed(1)} %)`,
);
if (undecided.length + stale.length > 0) process.exitCode = 1;
