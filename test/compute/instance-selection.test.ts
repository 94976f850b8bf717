import { CfnParameter } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { InstanceSelection } from '../../lib';
import { instanceFamily } from '../../lib/compute/instance-family';
import { newStack } from '../support/stack';

const { InstanceClass, InstanceType } = ec2;
const { ARM_64, X86_64 } = ec2.InstanceArchitecture;

test.each([
  [InstanceSelection.defaultX86(), ['default_x86_64'], 'ECS_AL2023', X86_64],
  [InstanceSelection.defaultArm64(), ['default_arm64'], 'ECS_AL2023', ARM_64],
  [InstanceSelection.families(InstanceClass.C7I, InstanceClass.M7I), ['c7i', 'm7i'], 'ECS_AL2023', X86_64],
  [InstanceSelection.families(InstanceClass.COMPUTE7_GRAVITON3), ['c7g'], 'ECS_AL2023', ARM_64],
  [InstanceSelection.families(InstanceClass.G6), ['g6'], 'ECS_AL2023_NVIDIA', X86_64],
  [InstanceSelection.types(new InstanceType('r7g.2xlarge')), ['r7g.2xlarge'], 'ECS_AL2023', ARM_64],
  [InstanceSelection.gpu(), ['g5', 'g6'], 'ECS_AL2023_NVIDIA', X86_64],
  [InstanceSelection.gpu(InstanceClass.P5, InstanceClass.G6E), ['p5', 'g6e'], 'ECS_AL2023_NVIDIA', X86_64],
])(
  'selection %# has the types, image and architecture that belong together',
  (selection, types, image, architecture) => {
    expect(selection).toEqual({ instanceTypes: types, imageType: image, architecture });
  },
);

describe('refuses', () => {
  test.each([
    ['no family', () => InstanceSelection.families(), 'no instances are selected'],
    ['no type', () => InstanceSelection.types(), 'no instances are selected'],
    [
      'two architectures',
      () => InstanceSelection.families(InstanceClass.C7I, InstanceClass.C7G),
      'instances must be alike, got c7i (x86_64) and c7g (arm64)',
    ],
    [
      'GPUs on some of the instances',
      () => InstanceSelection.families(InstanceClass.G5, InstanceClass.M7I),
      'instances must be alike, got g5 (x86_64, GPU) and m7i (x86_64)',
    ],
    ['families without GPUs', () => InstanceSelection.gpu(InstanceClass.G5, InstanceClass.C7I), 'c7i has none'],
    ['what has no image', () => InstanceSelection.gpu(InstanceClass.P3), `do not support instance family 'p3'`],
    ['optimal', () => InstanceSelection.types(new InstanceType('optimal')), `'optimal' is not an instance type`],
    ['a family among types', () => InstanceSelection.types(new InstanceType('c7i')), `'c7i' is not an instance type`],
  ])('%s', (_, select, message) => {
    expect(select).toThrow(message);
  });
});

test.each(['a1', 'g3', 'g3s', 'g4ad', 'p2', 'p3', 'p3dn'])('refuses family %s, for which there is no image', (name) => {
  expect(() => instanceFamily(name)).toThrow('use a newer one');
});

test('a type known at deploy time passes; its architecture is not guessed', () => {
  const name = new CfnParameter(newStack(), 'Type').valueAsString;
  expect(InstanceSelection.types(new InstanceType(name)).architecture).toBeUndefined();
});

test('agrees with aws-cdk-lib on the architecture of every family that both know', () => {
  const wrong: string[] = [];
  for (const family of Object.values(InstanceClass)) {
    const type = InstanceType.of(family, ec2.InstanceSize.LARGE);
    const [name] = type.toString().split('.');
    if (/^(u|mac)|^(a1|g3s?|g4ad|p2|p3(dn)?)$/.test(name)) continue;
    if (instanceFamily(name).architecture !== type.architecture) wrong.push(name);
  }
  expect(wrong).toEqual([]);
});
