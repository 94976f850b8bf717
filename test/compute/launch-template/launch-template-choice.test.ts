import { Size } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import {
  type Ec2ComputeEnvironmentProps,
  InstanceSelection,
  InstanceSetup,
  Interconnect,
  type LaunchTemplateOverride,
} from '../../../lib';
import { newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';
import { environment, environmentTemplate, hasComputeResources } from '../compute-environment';

const imported = (
  stack: ReturnType<typeof newStack>,
  attrs: Partial<ec2.LaunchTemplateAttributes> = {},
): ec2.ILaunchTemplate =>
  ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Own', {
    launchTemplateId: 'lt-0123456789abcdef0',
    versionNumber: '7',
    ...attrs,
  });

describe('a launch template of the user', () => {
  test('is taken instead of a new one, pinned by version', () => {
    const template = environmentTemplate((stack) => ({ launchTemplate: imported(stack) }));
    template.resourceCountIs('AWS::EC2::LaunchTemplate', 0);
    hasComputeResources(template, {
      LaunchTemplate: { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '7', LaunchTemplateName: Match.absent() },
    });
  });

  test('may be known by its name', () => {
    const template = environmentTemplate((stack) => ({
      launchTemplate: imported(stack, { launchTemplateId: undefined, launchTemplateName: 'own' }),
    }));
    hasComputeResources(template, { LaunchTemplate: { LaunchTemplateName: 'own', Version: '7' } });
  });

  test('of the same app is pinned by its latest version', () => {
    const template = environmentTemplate((stack) => ({ launchTemplate: new ec2.LaunchTemplate(stack, 'Own') }));
    hasComputeResources(template, {
      LaunchTemplate: { Version: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Own'), 'LatestVersionNumber'] } },
    });
  });

  test.each([undefined, '$Latest'])('warns of version %s (compute-launch-template-version)', (versionNumber) => {
    const stack = newStack();
    environment(stack, { launchTemplate: imported(stack, { versionNumber }) });
    expect(warningsOf(stack)).toEqual([
      `launch template Stack/Own has version ${versionNumber ?? '$Default'}, and changes of it pass unseen: import it with a ` +
        "'versionNumber' [ack: cdk-batch-platform:compute-launch-template-version]",
    ]);
  });

  test.each<[string, Partial<Ec2ComputeEnvironmentProps>]>([
    ['rootVolumeSize', { rootVolumeSize: Size.gibibytes(200) }],
    ['rootVolumeIops', { rootVolumeIops: 4_000 }],
    ['detailedMonitoring', { detailedMonitoring: true }],
    ['userData', { userData: ec2.UserData.forLinux() }],
    ['setup', { setup: [InstanceSetup.instanceStore()] }],
    ['interconnect', { interconnect: Interconnect.efa() }],
  ])('refuses %s beside it', (name, props) => {
    const stack = newStack();
    expect(() => environment(stack, { launchTemplate: imported(stack), ...props })).toThrow(
      `'${name}' has no effect with a 'launchTemplate' of your own: set it there, or leave that out (in Stack/Environment)`,
    );
  });
});

describe('launch templates for some of the instances', () => {
  const { C7I, G5, M7I } = ec2.InstanceClass;
  const large = InstanceSelection.types(new ec2.InstanceType('c7i.48xlarge'));
  const overrides = (...targets: InstanceSelection[]) => {
    const stack = newStack();
    const launchTemplate = imported(stack);
    const launchTemplateOverrides: LaunchTemplateOverride[] = targets.map((instances) => ({
      instances,
      launchTemplate,
    }));
    return () => environment(stack, { instances: InstanceSelection.families(C7I, M7I), launchTemplateOverrides });
  };

  test('go by type or family', () => {
    const template = environmentTemplate((stack) => ({
      instances: InstanceSelection.families(C7I, M7I),
      launchTemplateOverrides: [
        { instances: large, launchTemplate: imported(stack) },
        { instances: InstanceSelection.families(M7I), launchTemplate: new ec2.LaunchTemplate(stack, 'New') },
      ],
    }));
    hasComputeResources(template, {
      LaunchTemplate: Match.objectLike({
        Overrides: [
          { LaunchTemplateId: 'lt-0123456789abcdef0', Version: '7', TargetInstanceTypes: ['c7i.48xlarge'] },
          Match.objectLike({ TargetInstanceTypes: ['m7i'] }),
        ],
      }),
    });
  });

  test('are none by default', () => {
    const template = environmentTemplate(() => ({ launchTemplateOverrides: [] }));
    hasComputeResources(template, { LaunchTemplate: Match.objectLike({ Overrides: Match.absent() }) });
  });

  test.each<[string, InstanceSelection[], string]>([
    [
      'more than 10',
      [
        'large',
        'xlarge',
        '2xlarge',
        '4xlarge',
        '8xlarge',
        '12xlarge',
        '16xlarge',
        '24xlarge',
        '48xlarge',
        'metal-24xl',
        'metal-48xl',
      ].map((size) => InstanceSelection.named(`c7i.${size}`)),
      `'launchTemplateOverrides' must be at most 10, got 11`,
    ],
    [
      'a group',
      [InstanceSelection.defaultX86()],
      `'launchTemplateOverrides[0]' must name types or families, got the group 'default_x86_64'`,
    ],
    [
      'a family that is not there',
      [InstanceSelection.families(G5)],
      `'launchTemplateOverrides[0]' has g5, which is not among 'instances' (c7i, m7i): add it there`,
    ],
    [
      'a type twice',
      [large, large],
      `'launchTemplateOverrides[1]' has c7i.48xlarge, and c7i.48xlarge has a launch template already: name each once`,
    ],
    [
      'a family and a type of it',
      [large, InstanceSelection.families(C7I)],
      `'launchTemplateOverrides[1]' has c7i, and c7i.48xlarge has a launch template already`,
    ],
  ])('refuses %s (compute-launch-template-overrides)', (_, targets, message) => {
    expect(overrides(...targets)).toThrow(message);
    expect(overrides(...targets)).toThrow('[cdk-batch-platform:compute-launch-template-overrides]');
  });

  test('may be for other sizes of one family', () => {
    expect(overrides(large, InstanceSelection.named('c7i.large'))).not.toThrow();
  });
});
