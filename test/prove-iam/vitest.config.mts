import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Each grant is taken away in an account of its own: a test for each, on built bundles. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  resolve: { alias: { 'cdk-batch-platform': resolve(import.meta.dirname, '../../lib/index.ts') } },
  test: {
    pool: 'forks',
    fileParallelism: false,
    maxConcurrency: 2,
    globalSetup: 'test/support/scratch.ts',
    include: ['test/prove-iam/**/*.prove.ts'],
    // Node.js 20 is supported here for as long as the SDK still runs on it.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
