import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../lib/contracts/checks';
import { TEMPLATE_RULES } from '../../lib/policy/rules';
import { COMPUTE_CASES } from './cases/compute';
import { CONTAINER_CASES } from './cases/container';
import { INSTANCE_CASES } from './cases/instances';
import { JOB_CASES } from './cases/job';
import { OVERRIDE_CASES } from './cases/overrides';
import { POD_CASES } from './cases/pod';
import { QUEUE_CASES } from './cases/queue';
import { REQUEST_CASES } from './cases/request';
import { SUBMISSION_CASES } from './cases/submission';
import { TASK_CASES } from './cases/task';
import { found, placeOf } from './support';

const CASES = [
  ...COMPUTE_CASES,
  ...INSTANCE_CASES,
  ...QUEUE_CASES,
  ...JOB_CASES,
  ...CONTAINER_CASES,
  ...TASK_CASES,
  ...POD_CASES,
  ...SUBMISSION_CASES,
  ...REQUEST_CASES,
  ...OVERRIDE_CASES,
];

test('nothing is found in a template without fault', () => {
  expect(found({})).toEqual([]);
});

test('each rule has a case, and is of a documented check', () => {
  const covered = new Set(CASES.map(({ check }) => check));
  expect(TEMPLATE_RULES.map(({ check }) => check).filter((check) => !covered.has(check))).toEqual([]);
  expect(TEMPLATE_RULES.map(({ check }) => check).filter((check) => !(check in CHECKS))).toEqual([]);
});

describe.each(CASES)('$check at $at', (one) => {
  test('is found', () => {
    expect(found(one.bad)).toContain(placeOf(one));
  });

  test('is not found where it is just right', () => {
    expect(found(one.good).filter((place) => place.startsWith(`${one.check} `))).toEqual([]);
  });
});
