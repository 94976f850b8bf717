import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * One process, one module cache: loading aws-cdk-lib and its template validator costs more than all unit tests together,
 * so no file gets a copy of its own.
 */
export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  resolve: { alias: { 'cdk-batch-platform': resolve(import.meta.dirname, '../lib/index.ts') } },
  test: {
    pool: 'threads',
    isolate: false,
    maxWorkers: 1,
    globalSetup: 'test/support/scratch.ts',
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'test/full/**'],
    // Node.js 20 is supported here for as long as the SDK still runs on it.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 30_000,
  },
});
