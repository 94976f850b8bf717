import { CfnParameter, type Stack, Tags } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { CapacityLimit, ServiceEnvironment } from '../../lib';
import { newStack, templateOf } from '../support/stack';
import { instanceType } from './training-stack';

const TYPE = 'AWS::Batch::ServiceEnvironment';
const environmentOf = (stack: Stack, ...capacityLimits: CapacityLimit[]) =>
  new ServiceEnvironment(stack, 'Training', { capacityLimits });
const perType = (count: number) =>
  Array.from({ length: count }, (_, index) => CapacityLimit.instancesOf(instanceType(`g${index}.xlarge`), 1));

describe('a service environment', () => {
  test('runs training jobs on a limited number of instances', () => {
    const template = templateOf((stack) => environmentOf(stack, CapacityLimit.instances(50)));
    template.hasResourceProperties(TYPE, {
      ServiceEnvironmentType: 'SAGEMAKER_TRAINING',
      ServiceEnvironmentName: Match.absent(),
      State: 'ENABLED',
      CapacityLimits: [{ MaxCapacity: 50, CapacityUnit: 'NUM_INSTANCES' }],
      Tags: Match.absent(),
    });
  });

  test('has a limit for each of up to five instance types, in the names of Amazon SageMaker AI', () => {
    const template = templateOf((stack) => {
      const own = CapacityLimit.instancesOf(instanceType('ml.p5.48xlarge'), 2);
      environmentOf(stack, own, ...perType(4));
    });
    template.hasResourceProperties(TYPE, {
      CapacityLimits: [
        { MaxCapacity: 2, CapacityUnit: 'ml.p5.48xlarge' },
        ...[0, 1, 2, 3].map((index) => ({ MaxCapacity: 1, CapacityUnit: `ml.g${index}.xlarge` })),
      ],
    });
  });

  test('can be closed, named and tagged; tags of the app get here, as they replace nothing', () => {
    const template = templateOf((stack) => {
      Tags.of(stack).add('commit', '1a2b3c');
      new ServiceEnvironment(stack, 'Training', {
        capacityLimits: [CapacityLimit.instances(1)],
        enabled: false,
        serviceEnvironmentName: 'training',
        tags: { team: 'vision' },
      });
    });
    template.hasResourceProperties(TYPE, {
      State: 'DISABLED',
      ServiceEnvironmentName: 'training',
      Tags: { commit: '1a2b3c', team: 'vision' },
    });
  });

  test('may be defined elsewhere', () => {
    const serviceEnvironmentArn = 'arn:aws:batch:us-east-1:123456789012:service-environment/training';
    const imported = ServiceEnvironment.fromServiceEnvironmentArn(newStack(), 'Training', serviceEnvironmentArn);
    expect(imported.serviceEnvironmentRef).toEqual({ serviceEnvironmentArn });
    expect(imported.capacityLimits).toBeUndefined();
  });
});

describe('capacity limits', () => {
  test.each([
    ['none', [], 'must hold 1 to 5 limits, got 0'],
    ['six', perType(6), 'must hold 1 to 5 limits, got 6'],
    ['two for one type', [...perType(1), ...perType(1)], 'must differ, got two for ml.g0.xlarge: leave one out'],
    [
      'one for any type beside others',
      [CapacityLimit.instances(1), ...perType(1)],
      'must be for any instance type or for given ones, got NUM_INSTANCES, ml.g0.xlarge: use CapacityLimit.instances() alone',
    ],
  ])('refuses %s: queue-capacity-limits', (_, limits, message) => {
    expect(() => environmentOf(newStack(), ...limits)).toThrow(
      new RegExp(
        `'capacityLimits' ${message.replaceAll(/[().]/g, '\\$&')}.* \\[cdk-batch-platform:queue-capacity-limits\\]`,
      ),
    );
  });

  test.each([0, -1, 1.5])('refuses %d instances', (count) => {
    expect(() => environmentOf(newStack(), CapacityLimit.instances(count))).toThrow(
      /'maxCapacity' must be a whole number from 1 to .* \(in Stack\/Training\) \[cdk-batch-platform:queue-max-capacity\]/,
    );
  });

  test('refuses a name that the service refuses: queue-name', () => {
    const props = { capacityLimits: [CapacityLimit.instances(1)], serviceEnvironmentName: 'a b' };
    expect(() => new ServiceEnvironment(newStack(), 'Training', props)).toThrow(`'serviceEnvironmentName' must be 1`);
  });

  test('that are known at deploy time pass', () => {
    const template = templateOf((stack) => {
      const type = new CfnParameter(stack, 'Type').valueAsString;
      const count = new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber;
      environmentOf(stack, CapacityLimit.instancesOf(instanceType(type), count));
    });
    template.hasResourceProperties(TYPE, {
      CapacityLimits: [{ MaxCapacity: { Ref: 'Count' }, CapacityUnit: { Ref: 'Type' } }],
    });
  });
});
