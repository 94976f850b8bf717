import type { Stack } from 'aws-cdk-lib';
import { CfnParameter } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, type BatchJobProps, PlatformCapability } from '../../../lib';
import { definitionOf } from '../../support/definition';
import { PlainQueue } from '../../support/queues';
import { statementsOf } from '../../support/role-statements';
import { newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function job(props: Partial<BatchJobProps>): BatchJob {
  const image = ecs.ContainerImage.fromRegistry('busybox');
  return new BatchJob(stack, 'Job', { image, queue: new PlainQueue(stack, 'Queue', PlatformCapability.EC2), ...props });
}

const parameter = (type = 'String'): CfnParameter => new CfnParameter(stack, 'Later', { type });

describe('the name of the definition', () => {
  test.each(['a', '0-A_z', 'x'.repeat(128)])(
    'warns of %j, which blocks a replacement (job-physical-name)',
    (jobDefinitionName) => {
      job({ jobDefinitionName });
      expect(warningsOf(stack)).toEqual([expect.stringMatching(/cannot be replaced: .*job-physical-name/)]);
    },
  );

  test.each(['', '-a', '_a', 'a.b', 'a b', 'ä', 'x'.repeat(129)])('refuses %j (job-name)', (jobDefinitionName) => {
    expect(() => job({ jobDefinitionName })).toThrow(
      "'jobDefinitionName' must have 1 to 128 letters, digits, '-' and '_', and start with a letter or a digit, " +
        `got ${JSON.stringify(jobDefinitionName)} (in Stack/Job) [cdk-batch-platform:job-name]`,
    );
  });

  test('may be known only at deploy time', () => {
    expect(() => job({ jobDefinitionName: parameter().valueAsString })).not.toThrow();
  });

  test('is made by CloudFormation otherwise, without a warning', () => {
    job({});
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('placeholders in the command (job-parameter-default)', () => {
  const command = ['run', '--day=Ref::day', 'Ref::region', 'Ref::day'];

  test('warns of those that nothing gives a value', () => {
    job({ command, parameters: { region: 'eu' } });
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(
        /placeholders that nothing gives a value: day\. .*'requiredParameters'.*job-parameter-default/,
      ),
    ]);
  });

  test('are fine when each submission has to give them', () => {
    job({ command, parameters: { region: 'eu' }, requiredParameters: ['day'] });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('are not looked for in what is known only at deploy time', () => {
    job({ command: [`Ref::${parameter().valueAsString}`, parameter.name] });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('may have defaults whose names are known only at deploy time', () => {
    job({ command, parameters: { [parameter().valueAsString]: 'x' } });
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('resources that are counted', () => {
  const resource = (): batch.CfnConsumableResource =>
    new batch.CfnConsumableResource(stack, 'Licences', { resourceType: 'REPLENISHABLE', totalQuantity: 8 });

  test('are taken', () => {
    expect(definitionOf(job({ consumableResources: [{ resource: resource(), quantity: 3 }] }))).toMatchObject({
      consumableResourceProperties: {
        consumableResourceList: [{ consumableResource: { Ref: 'Licences' }, quantity: 3 }],
      },
    });
  });

  test('refuses six kinds of them (job-consumable-count)', () => {
    const one = { resource: resource(), quantity: 1 };
    expect(() => job({ consumableResources: [one, one, one, one, one, one] })).toThrow(
      "'consumableResources' must hold at most 5 resources, got 6 (in Stack/Job)",
    );
  });

  test.each([0, 1.5])('refuses %d of them (job-consumable-quantity)', (quantity) => {
    expect(() => job({ consumableResources: [{ resource: resource(), quantity }] })).toThrow(
      `'consumableResources[0].quantity' must be a whole number from 1 to 9007199254740991, got ${quantity} (in Stack/Job)`,
    );
  });
});

describe('the scheduling priority (job-scheduling-priority)', () => {
  test.each([0, 9999])('may be %d', (schedulingPriority) => {
    expect(definitionOf(job({ schedulingPriority }))).toMatchObject({ schedulingPriority });
  });

  test.each([-1, 10_000])('refuses %d', (schedulingPriority) => {
    expect(() => job({ schedulingPriority })).toThrow("'schedulingPriority' must be a whole number from 0 to 9999");
  });
});

test('ECS Exec needs four permissions on channels, which take no narrower resource (D18)', () => {
  job({ enableExecuteCommand: true });
  expect(statementsOf(stack, 'JobJobRole')).toEqual([
    {
      Action: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      Effect: 'Allow',
      Resource: '*',
    },
  ]);
});
