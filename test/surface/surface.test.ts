import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT, sources } from '../architecture/imports';
import { pageOf } from '../support/page';
import { AREAS } from './areas';
import { decide } from './decide';
import { LEFT_OUT } from './left-out';
import { measure } from './measure';
import { surfacePage } from './page';

const surface = measure(AREAS);

describe('the property paths of AWS Batch', () => {
  test('are all reached or left out for a reason', () => {
    expect(decide(surface, LEFT_OUT).undecided).toEqual([]);
  });

  test('are reached for 97 % of them at least', () => {
    expect(surface.reached.size / surface.all.length).toBeGreaterThanOrEqual(0.97);
  });

  test('are not left out when they are reached, or there no more', () => {
    expect(decide(surface, LEFT_OUT).stale).toEqual([]);
  });

  test('would be missed if the schema brought a new one', () => {
    const after = { ...surface, all: [...surface.all, 'AWS::Batch::JobQueue Novelty'] };
    expect(decide(after, LEFT_OUT).undecided).toEqual(['AWS::Batch::JobQueue Novelty']);
  });

  test('would be missed if a construct no longer set one', () => {
    const path = 'AWS::Batch::JobQueue Priority';
    const reached = new Set([...surface.reached].filter((one) => one !== path));
    expect(decide({ ...surface, reached }, LEFT_OUT).undecided).toEqual([path]);
  });

  test('are reached through aws-cdk-lib for consumable resources only', () => {
    const types = new Set([...surface.borrowed].map((path) => path.split(' ')[0]));
    expect([...types]).toEqual(['AWS::Batch::ConsumableResource']);
  });

  test('are listed in docs/surface.md', async () => {
    const { actual, expected } = await pageOf('surface.md', surfacePage(surface, AREAS, LEFT_OUT));
    expect(actual).toBe(expected);
  });
});

test('the areas use neither L1 constructs of AWS Batch nor escape hatches', () => {
  const hatch = /batch\.Cfn|defaultChild|add\w*Override|CfnResource/;
  const files = sources('test/surface/areas');
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => hatch.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});
