import { CfnParameter, Duration } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { ContainerInsights } from '../../lib';
import { newStack } from '../support/stack';
import { warningsOf } from '../support/warnings';
import { environment, environmentTemplate, hasComputeResources, hasLaunchTemplate } from './compute-environment';

describe('instances', () => {
  test('have the tags, the key pair and the placement group that they are given', () => {
    const template = environmentTemplate((stack) => ({
      instanceTags: { team: 'research' },
      keyPair: ec2.KeyPair.fromKeyPairName(stack, 'Key', 'operators'),
      placementGroup: ec2.PlacementGroup.fromPlacementGroupName(stack, 'Group', 'spread'),
    }));
    hasComputeResources(template, { Tags: { team: 'research' }, Ec2KeyPair: 'operators', PlacementGroup: 'spread' });
  });

  test('have none of them by default, and are measured every five minutes', () => {
    const template = environmentTemplate(() => ({}));
    hasComputeResources(template, {
      Tags: Match.absent(),
      Ec2KeyPair: Match.absent(),
      PlacementGroup: Match.absent(),
      ScalingPolicy: Match.absent(),
    });
    hasLaunchTemplate(template, { Monitoring: Match.absent() });
  });

  test('are measured each minute when asked for', () => {
    hasLaunchTemplate(
      environmentTemplate(() => ({ detailedMonitoring: true })),
      { Monitoring: { Enabled: true } },
    );
  });

  test.each([Duration.minutes(20), Duration.days(7)])('are kept for %s after their last job', (scaleDownDelay) => {
    const template = environmentTemplate(() => ({ scaleDownDelay }));
    hasComputeResources(template, { ScalingPolicy: { MinScaleDownDelayMinutes: scaleDownDelay.toMinutes() } });
  });

  test.each([
    [Duration.minutes(19), 19],
    [Duration.minutes(10_081), 10_081],
    [Duration.seconds(1_230), 20.5],
  ])('refuses to keep them for %s (compute-scale-down-delay)', (scaleDownDelay, minutes) => {
    expect(() => environment(newStack(), { scaleDownDelay })).toThrow(
      `'scaleDownDelay' must be a whole number of minutes from 20 to 10080, got ${minutes} (in Stack/Environment) ` +
        '[cdk-batch-platform:compute-scale-down-delay]',
    );
  });

  test('may be kept for a time that is known at deploy time only', () => {
    const template = environmentTemplate((stack) => ({
      scaleDownDelay: Duration.minutes(new CfnParameter(stack, 'Delay', { type: 'Number' }).valueAsNumber),
    }));
    hasComputeResources(template, { ScalingPolicy: { MinScaleDownDelayMinutes: { Ref: 'Delay' } } });
  });
});

describe('a compute environment', () => {
  const hasProperties = (props: Parameters<typeof environment>[1], properties: object): void => {
    environmentTemplate(() => ({ ...props })).hasResourceProperties('AWS::Batch::ComputeEnvironment', properties);
  };

  test('may stand still', () => {
    hasProperties({ enabled: false }, { State: 'DISABLED' });
  });

  test('shows what its cluster does only when asked for', () => {
    hasProperties({}, { EcsSettings: Match.absent() });
    const settings = { EcsSettings: { ContainerInsights: 'ENHANCED' } };
    hasProperties({ containerInsights: ContainerInsights.ENHANCED }, settings);
  });

  test('has tags of its own only when they are given', () => {
    hasProperties({}, { Tags: Match.absent() });
    hasProperties({ tags: { team: 'research' } }, { Tags: { team: 'research' } });
  });

  test('warns of a physical name (compute-physical-name)', () => {
    const stack = newStack();
    environment(stack, { computeEnvironmentName: 'research' });
    expect(warningsOf(stack)).toEqual([
      "'computeEnvironmentName' stands in the way of changes that replace the compute environment: leave it out, and " +
        'refer to the construct or to its ARN [ack: cdk-batch-platform:compute-physical-name]',
    ]);
    hasProperties({ computeEnvironmentName: 'research' }, { ComputeEnvironmentName: 'research' });
  });

  test('warns of nothing by default', () => {
    const stack = newStack();
    environment(stack);
    expect(warningsOf(stack)).toEqual([]);
  });
});
