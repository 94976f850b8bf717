import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { lazyIndex } from '../../scripts/lazy-index/lazy-index';

const COMPILED = [
  '"use strict";',
  'var __exportStar = (this && this.__exportStar) || function(m, exports) {};',
  'Object.defineProperty(exports, "__esModule", { value: true });',
  '__exportStar(require("./queue/job-queue"), exports);',
  '__exportStar(require("./queue/job-queue-props"), exports);',
  '__exportStar(require("./job/batch-job"), exports);',
].join('\n');
const MODULES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  './queue/job-queue': { JobQueue: 'a queue', JobQueueMode: 'a mode' },
  './queue/job-queue-props': {},
  './job/batch-job': { BatchJob: 'a job' },
};
const rewritten = lazyIndex(COMPILED, (module) => Object.keys(MODULES[module]));

const run = (code: string) => {
  const loaded: string[] = [];
  const exports: Record<string, unknown> = {};
  const require = (module: string): unknown => {
    loaded.push(module);
    return MODULES[module];
  };
  runInNewContext(code, { exports, require });
  return { loaded, exports };
};

test('an index offers the names of all its modules, and loads none of them', () => {
  const { loaded, exports } = run(rewritten);
  expect(Object.keys(exports)).toEqual(['JobQueue', 'JobQueueMode', 'BatchJob']);
  expect(loaded).toEqual([]);
});

test('the first use of a name loads its module', () => {
  const { loaded, exports } = run(rewritten);
  expect(exports.BatchJob).toBe('a job');
  expect(loaded).toEqual(['./job/batch-job']);
});

test('an index that has been rewritten stays as it is', () => {
  expect(lazyIndex(rewritten, () => [])).toBe(rewritten);
});
