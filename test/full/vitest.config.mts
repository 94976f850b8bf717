import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What takes too long for every run: one test file at a time, on built bundles. */
export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  resolve: { alias: { 'cdk-batch-platform': resolve(import.meta.dirname, '../../lib/index.ts') } },
  test: {
    pool: 'forks',
    fileParallelism: false,
    globalSetup: 'test/support/scratch.ts',
    include: ['test/full/**/*.test.ts'],
    // Node.js 20 is supported here for as long as the SDK still runs on it.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
