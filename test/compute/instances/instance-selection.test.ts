import { CfnParameter, Fn } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { InstanceSelection } from '../../../lib';
import { knownInstances } from '../../../lib/contracts/instances/known-instances';
import { instanceKind } from '../../../lib/compute/instances/instance-kind';
import { newStack } from '../../support/stack';

const { InstanceClass, InstanceType } = ec2;
const { ARM_64, X86_64 } = ec2.InstanceArchitecture;

test.each([
  [InstanceSelection.defaultX86(), ['default_x86_64'], 'ECS_AL2023', X86_64],
  [InstanceSelection.defaultArm64(), ['default_arm64'], 'ECS_AL2023', ARM_64],
  [InstanceSelection.families(InstanceClass.C7I, InstanceClass.M7I), ['c7i', 'm7i'], 'ECS_AL2023', X86_64],
  [InstanceSelection.families(InstanceClass.COMPUTE7_GRAVITON3), ['c7g'], 'ECS_AL2023', ARM_64],
  [InstanceSelection.families(InstanceClass.G6), ['g6'], 'ECS_AL2023_NVIDIA', X86_64],
  [InstanceSelection.families(InstanceClass.G4AD), ['g4ad'], 'ECS_AL2023', X86_64],
  [InstanceSelection.types(new InstanceType('r7g.2xlarge')), ['r7g.2xlarge'], 'ECS_AL2023', ARM_64],
  [InstanceSelection.gpu(), ['g5', 'g6'], 'ECS_AL2023_NVIDIA', X86_64],
  [InstanceSelection.gpu(InstanceClass.P5, InstanceClass.G6E), ['p5', 'g6e'], 'ECS_AL2023_NVIDIA', X86_64],
  [InstanceSelection.gpu(InstanceClass.G5G), ['g5g'], 'ECS_AL2023_NVIDIA', ARM_64],
  [InstanceSelection.named('optimal'), ['optimal'], 'ECS_AL2023', X86_64],
  [InstanceSelection.named('p6-b200', 'g7.2xlarge'), ['p6-b200', 'g7.2xlarge'], 'ECS_AL2023_NVIDIA', X86_64],
])(
  'selection %# has the types, image and architecture that belong together',
  (selection, instanceTypes, imageType, architecture) => {
    expect(selection).toMatchObject({ instanceTypes, imageType, architecture });
  },
);

describe('what is not known', () => {
  test('has no architecture', () => {
    expect(InstanceSelection.named('c7i', 'x99').architecture).toBeUndefined();
    expect(InstanceSelection.named().architecture).toBeUndefined();
  });

  test.each([
    ['g99', 'ECS_AL2023_NVIDIA'],
    ['gr9.large', 'ECS_AL2023_NVIDIA'],
    ['p9-b900', 'ECS_AL2023_NVIDIA'],
    ['c99', 'ECS_AL2023'],
  ])('starts from the image that its name suggests: %s from %s', (name, imageType) => {
    expect(InstanceSelection.named(name).imageType).toBe(imageType);
  });

  test('a type known at deploy time passes; its architecture is not guessed', () => {
    const name = new CfnParameter(newStack(), 'Type').valueAsString;
    expect(InstanceSelection.types(new InstanceType(name)).architecture).toBeUndefined();
    expect(InstanceSelection.named(name, 'c7g').architecture).toBeUndefined();
    expect(InstanceSelection.named(...Fn.split(',', name)).architecture).toBeUndefined();
  });
});

test('agrees with aws-cdk-lib on the architecture of every family that both know', () => {
  const wrong: string[] = [];
  for (const family of Object.values(InstanceClass)) {
    const type = InstanceType.of(family, ec2.InstanceSize.LARGE);
    const [name] = type.toString().split('.');
    // aws-cdk-lib cannot read names such as u-6tb1.
    if (name.includes('-') || knownInstances(name).length === 0) continue;
    if (instanceKind(name).architecture !== type.architecture) wrong.push(name);
  }
  expect(wrong).toEqual([]);
});

test.each([
  'p4d',
  'p4de',
  'p5',
  'p5e',
  'p5en',
  'p6-b200',
  'p6-b300',
  'g4dn',
  'g5',
  'g5g',
  'g6',
  'g6e',
  'g6f',
  'gr6',
  'gr6f',
  'g7',
  'g7e',
])('%s has GPUs for jobs', (name) => {
  expect(instanceKind(name).hasGpus).toBe(true);
});

test.each(['g4ad', 'inf1', 'inf2', 'trn1', 'trn1n', 'trn2', 'dl2q', 'c7i', 'optimal'])(
  '%s has no GPUs that AWS Batch gives to jobs',
  (name) => {
    expect(instanceKind(name).hasGpus).toBe(false);
  },
);
