import { Template } from 'aws-cdk-lib/assertions';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../architecture/imports';
import { blocks } from './blocks';
import { run, typeErrors } from './run';

const guides = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
const documents = ['README.md', ...guides.map((file) => `docs/${file}`)];
const examples = documents.flatMap((file) => blocks(file, 'ts').map((block) => ({ file, ...block })));

describe('the TypeScript examples of README and guides', () => {
  test('are there', () => {
    expect(examples.filter(({ file }) => file === 'README.md').length).toBeGreaterThan(0);
  });

  describe('compile', () => {
    // One compilation for all: loading the types of aws-cdk-lib is what takes the time.
    const bad = { file: 'BAD.md', line: 1, code: 'platform.queue(42);\n' };
    const errors = typeErrors([...examples, bad]);

    test('without errors', () => {
      expect(errors.filter((error) => !error.startsWith(bad.file))).toEqual([]);
    });

    test('and a bad one would be found', () => {
      expect(errors).toContainEqual(expect.stringMatching(/^BAD\.md:2 Argument of type 'number' is not assignable/));
    });
  });

  test.each(examples)('synthesise: $file line $line', ({ code }) => {
    const stacks = run(code);
    expect(stacks.length).toBeGreaterThan(0);
    for (const stack of stacks) expect(Object.keys(Template.fromStack(stack).toJSON())).toContain('Resources');
  });
});

describe('the quick start', () => {
  test('is two complete commands', () => {
    const text = blocks('README.md', 'bash').at(0)?.code;
    expect(text).toBe('npm ci && npm run demo\nnpm ci && npm test\n');
  });
});
