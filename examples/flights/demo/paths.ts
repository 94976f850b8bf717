import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const resolveFrom = createRequire(__filename);
const project = dirname(resolveFrom.resolve('cdk-batch-platform/package.json'));

/** Where the build put what the demo starts. */
export const PATHS = {
  endpoint: join(project, 'dist/local/main.js'),
  app: join(project, 'dist/examples/flights/app.js'),
  demo: join(project, 'dist/examples/flights/demo/main.js'),
  renderApp: join(project, 'dist/examples/render/app.js'),
  showcaseApp: join(project, 'dist/examples/showcase/app.js'),
  sharedApp: join(project, 'dist/examples/shared/app.js'),
  platformApp: join(project, 'dist/bin/app.js'),
  jobs: join(project, 'dist/examples/flights/jobs'),
  cli: join(dirname(resolveFrom.resolve('aws-cdk/package.json')), 'bin/cdk'),
  // The package exports its code only; the data lies beside it.
  flights: join(dirname(resolveFrom.resolve('vega-datasets')), '../data/flights-200k.json'),
  picture: join(project, 'dist/demo/delay-by-hour.svg'),
} as const;

/** The image of the example's jobs; on the local endpoint the folder of the built jobs stands in for it. */
export const IMAGE = 'public.ecr.aws/docker/library/node:22-slim';
