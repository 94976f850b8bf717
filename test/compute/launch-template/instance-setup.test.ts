import { spawnSync } from 'node:child_process';
import { Duration, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { Ec2Capacity, type EcsAgentSettings, ImagePullBehavior, InstanceSetup } from '../../../lib';
import { identityStatements } from '../../support/policies';
import { newStack } from '../../support/stack';
import { environment, environmentTemplate } from '../compute-environment';
import { userDataOf } from './user-data';

/** The script in the user data. */
const script = (setup: InstanceSetup[], capacity?: Ec2Capacity): string =>
  userDataOf(() => ({ setup, capacity })).split(/\n\n|\n--/)[2];

/** The variables that the script writes for the agent. */
const variables = (settings?: EcsAgentSettings, capacity?: Ec2Capacity): string[] => {
  const [, config] = script(settings === undefined ? [] : [InstanceSetup.ecsAgent(settings)], capacity).split(
    /<<'EOF'\n|\nEOF/,
  );
  return config.split('\n');
};

describe('the ECS agent', () => {
  test('keeps containers from the role of the instance', () => {
    expect(variables()).toEqual(['ECS_AWSVPC_BLOCK_IMDS=true']);
  });

  test('takes no more jobs on Spot once the instance is taken back', () => {
    expect(variables(undefined, Ec2Capacity.spot())).toEqual([
      'ECS_ENABLE_SPOT_INSTANCE_DRAINING=true',
      'ECS_AWSVPC_BLOCK_IMDS=true',
    ]);
  });

  test('does as it is told', () => {
    const settings = {
      imagePullBehavior: ImagePullBehavior.PREFER_CACHED,
      containerStopTimeout: Duration.minutes(2),
      spotInstanceDraining: false,
      blockInstanceMetadata: false,
      variables: { ECS_IMAGE_CLEANUP_INTERVAL: '30m' },
    };
    expect(variables(settings, Ec2Capacity.spot())).toEqual([
      'ECS_ENABLE_SPOT_INSTANCE_DRAINING=false',
      'ECS_AWSVPC_BLOCK_IMDS=false',
      'ECS_IMAGE_PULL_BEHAVIOR=prefer-cached',
      'ECS_CONTAINER_STOP_TIMEOUT=120s',
      'ECS_IMAGE_CLEANUP_INTERVAL=30m',
    ]);
  });
});

describe('the metadata of an instance', () => {
  const rule = 'iptables -w -I OUTPUT -d 169.254.169.254 -m owner ! --uid-owner 0 -j REJECT';

  test('is out of reach for jobs, which are on its network and not root', () => {
    expect(script([])).toMatch(`#!/bin/bash\n${rule} || echo`);
  });

  test('is out of reach before anything else is set up', () => {
    const text = script([InstanceSetup.instanceStore()]);
    expect(text.indexOf(rule)).toBeLessThan(text.indexOf('set -euo pipefail'));
  });

  test('can be given to jobs', () => {
    expect(script([InstanceSetup.ecsAgent({ blockInstanceMetadata: false })])).not.toContain('169.254.169.254');
  });
});

describe('Session Manager', () => {
  const permissions = (setup: InstanceSetup[], instanceRole?: (stack: Stack) => iam.IRole): Template => {
    const stack = newStack();
    environment(stack, { setup, instanceRole: instanceRole?.(stack) });
    return Template.fromStack(stack);
  };

  const sessionActions = (template: Template): string[] =>
    identityStatements(template.toJSON())
      .flatMap(({ actions }) => actions)
      .filter((action) => action.startsWith('ssm'));

  test('opens no session unless asked to: the role of instances has no permission for it, and there is no key pair', () => {
    const template = permissions([]);
    expect(sessionActions(template)).toEqual([]);
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      ComputeResources: { Ec2KeyPair: Match.absent() },
    });
  });

  test('takes five permissions, whosever the role is', () => {
    const own = (stack: Stack): iam.IRole => iam.Role.fromRoleName(stack, 'Own', 'instances');
    const setup = [InstanceSetup.sessionManager()];
    for (const template of [permissions(setup), permissions(setup, own)]) {
      expect(sessionActions(template)).toEqual([
        'ssm:UpdateInstanceInformation',
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ]);
    }
  });
});

describe('a setup of instances', () => {
  const fileSystem = (stack: ReturnType<typeof newStack>): fsx.IFileSystem =>
    fsx.LustreFileSystem.fromLustreFileSystemAttributes(stack, 'Lustre', {
      dnsName: 'fs-0123456789abcdef0.fsx.us-east-1.amazonaws.com',
      fileSystemId: 'fs-0123456789abcdef0',
      securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'LustreGroup', 'sg-0123456789abcdef0'),
    });

  test.each<[string, InstanceSetup[]]>([
    ['no setup', []],
    ['fast local disks', [InstanceSetup.instanceStore()]],
    ['two directories', [InstanceSetup.instanceStore('/a'), InstanceSetup.instanceStore('/b.c/d-e_f')]],
  ])('%s is a script that a shell understands', (_, setup) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script(setup), encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('keeps an instance from taking jobs when it fails', () => {
    expect(script([InstanceSetup.instanceStore()])).toContain('set -euo pipefail\ntrap "systemctl mask ecs" ERR\n');
  });

  test('makes one volume of the local disks, for jobs of any user', () => {
    const text = script([InstanceSetup.instanceStore('/fast')]);
    expect(text).toContain(`--level=0 --raid-devices=\${#disks[@]}`);
    expect(text).toContain(`mount -o noatime "$volume" '/fast'`);
    expect(text).toContain(`chmod 1777 '/fast'`);
  });

  test('mounts FSx for Lustre', () => {
    const text = userDataOf((stack) => ({
      setup: [InstanceSetup.lustre(fileSystem(stack), { mountName: 'abcdefgh' })],
    }));
    expect(text).toContain("'fs-0123456789abcdef0.fsx.<value>.<value>@tcp:/abcdefgh' '/fsx'");
  });

  test('opens the network for FSx for Lustre on both sides', () => {
    const template = environmentTemplate((stack) => ({
      setup: [InstanceSetup.lustre(fileSystem(stack), { mountName: 'abcdefgh', directory: '/data' })],
    }));
    const lustre = { IpProtocol: 'tcp', FromPort: 988, ToPort: 1023 };
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { ...lustre, GroupId: 'sg-0123456789abcdef0' });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      ...lustre,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^EnvironmentSecurityGroup'), 'GroupId'] },
    });
  });

  test.each(['scratch', '/scratch disk', "/it's", '/'])('refuses the directory %j', (directory) => {
    expect(() => environment(newStack(), { setup: [InstanceSetup.instanceStore(directory)] })).toThrow(
      `a directory of instances must be an absolute path such as '/scratch', got ${JSON.stringify(directory)} ` +
        '(in Stack/Environment)',
    );
  });
});
