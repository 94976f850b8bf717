import { CfnParameter } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { Ec2ComputeEnvironment, InstanceSelection } from '../../../lib';
import {
  checkInstances,
  type ImageChoice,
  warnOfUnknownInstances,
} from '../../../lib/compute/instances/instance-check';
import { importedVpc, newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';

const { InstanceClass } = ec2;
const named = (...names: string[]): InstanceSelection => InstanceSelection.named(...names);

/** Warnings about a selection, if it is not refused. */
function check(selection: InstanceSelection, image?: ImageChoice): string[] {
  const stack = newStack();
  checkInstances(stack, selection, image);
  return warningsOf(stack);
}

test.each([
  [InstanceSelection.defaultX86()],
  [InstanceSelection.defaultArm64()],
  [InstanceSelection.gpu()],
  [named('optimal', 'c7i', 'm7a.large')],
  [named('p6-b200', 'g7e')],
  [named('default_arm64', 'c9g')],
])('selection %# passes', (selection) => {
  expect(check(selection)).toEqual([]);
});

test('names known at deploy time pass', () => {
  const name = new CfnParameter(newStack(), 'Type').valueAsString;
  expect(check(named(name))).toEqual([]);
  expect(check(named(name, 'c7g'))).toEqual([]);
});

describe('refuses', () => {
  test.each([
    ['nothing at all', named(), undefined, `'instances' must name at least one type or family`],
    [
      'two architectures',
      named('c7i', 'c7g.large'),
      undefined,
      `must have one processor architecture, got c7i (x86_64) and c7g.large (arm64): use a compute environment for each, and a queue for each (in Stack) [cdk-batch-platform:compute-mixed-architecture]`,
    ],
    [
      'optimal with Graviton',
      named('optimal', 'c7g'),
      undefined,
      'got optimal (x86_64) and c7g (arm64): use a compute environment for each, and a queue for each (in Stack) [cdk-batch-platform:compute-mixed-architecture]',
    ],
    ['both defaults', named('default_x86_64', 'default_arm64'), undefined, 'compute-mixed-architecture'],
    ['two architectures of an own image', named('c7i', 'c7g'), { isOwn: true }, 'compute-mixed-architecture'],
    [
      'GPUs on some of the instances',
      InstanceSelection.families(InstanceClass.G5, InstanceClass.M7I),
      undefined,
      `must all have GPUs or none, got g5 (x86_64, GPU) and m7i (x86_64): use a compute environment for each`,
    ],
    ['optimal with GPUs', named('optimal', 'g6'), undefined, 'compute-mixed-gpu'],
    ['families without GPUs', InstanceSelection.gpu(InstanceClass.C7I), undefined, 'must all have GPUs, c7i has none'],
    [
      'GPUs with an image that has no driver',
      named('g6'),
      { imageType: 'ECS_AL2023' },
      `'instances' (g6) have GPUs, and image type ECS_AL2023 has no driver for them: leave the image type out, or use one for NVIDIA (in Stack) [cdk-batch-platform:compute-gpu-image]`,
    ],
    ['such a type among unknown ones', named('c99', 'p5.4xlarge'), { imageType: 'EKS_AL2023' }, 'compute-gpu-image'],
  ])('%s', (_, selection, image, message) => {
    expect(() => check(selection, image)).toThrow(message);
  });

  test.each(['a1', 'a1.large', 'g2', 'g3', 'g3s', 'p2', 'p3', 'p3.2xlarge', 'p3dn'])(
    'family %s, for which there is no image',
    (name) => {
      const message = `'instances' has ${name}, which no image on Amazon Linux 2023 supports: use a newer family`;
      expect(() => check(named(name))).toThrow(message);
      expect(() => check(named(name))).toThrow('compute-instance-image');
    },
  );
});

describe('warns', () => {
  test('of names that are not known, and never fails for them', () => {
    expect(check(named('c7i', 'x99', 'c7i.huge'))).toEqual([
      expect.stringMatching(/^'instances' has 'x99', 'c7i.huge', which .*\[ack: .*:compute-unknown-instance-type\]$/),
    ]);
  });

  test.each([
    ['g4ad', 'AMD Radeon Pro V520'],
    ['inf2.xlarge', 'AWS Inferentia'],
    ['trn2', 'AWS Trainium'],
    ['dl2q', 'Qualcomm AI100'],
    ['g5g', 'NVIDIA T4g'],
  ])('of %s, as its jobs do not see what they pay for', (name, accelerator) => {
    expect(check(named(name))).toEqual([expect.stringContaining(`no driver for ${accelerator}`)]);
    expect(check(named(name))).toEqual([expect.stringContaining('compute-accelerator-image')]);
  });
});

test('instances may be mixed where the user of a selection allows it', () => {
  const stack = newStack();
  warnOfUnknownInstances(stack, named('c7i', 'c7g', 'g5'));
  expect(warningsOf(stack)).toEqual([]);
  warnOfUnknownInstances(stack, named('x99'));
  expect(warningsOf(stack)).toEqual([expect.stringContaining('compute-unknown-instance-type')]);
});

test.each([['a1'], ['p3.2xlarge'], ['g5g'], ['inf2'], ['g5', 'm7i']])(
  'an image of the user may support what those of AWS do not: %s',
  (...names) => {
    expect(check(named(...names), { isOwn: true }).filter((text) => !text.includes('unknown-instance-type'))).toEqual(
      [],
    );
  },
);

test('a compute environment refuses by its own path', () => {
  const stack = newStack();
  const vpc = importedVpc(stack);
  expect(() => new Ec2ComputeEnvironment(stack, 'Mixed', { vpc, instances: named('c7i', 'c7g') })).toThrow(
    '(in Stack/Mixed) [cdk-batch-platform:compute-mixed-architecture]',
  );
});
