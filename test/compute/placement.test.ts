import { Fn, type Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { Template } from 'aws-cdk-lib/assertions';
import { BatchEndpoints, Ec2ComputeEnvironment, FargateComputeEnvironment } from '../../lib';
import { importedVpc, newStack } from '../support/stack';
import { warningsOf } from '../support/warnings';
import { environment } from './compute-environment';

const subnets = (stack: Stack, count: number): ec2.SubnetSelection => ({
  subnets: Array.from({ length: count }, (_, index) =>
    ec2.Subnet.fromSubnetAttributes(stack, `Subnet${index}`, {
      subnetId: `subnet-${String(index).padStart(17, '0')}`,
      routeTableId: 'rtb-00000000000000000',
    }),
  ),
});

describe('availability zones', () => {
  const warning =
    'all subnets are in one availability zone: jobs wait when it fails or has no capacity left; select subnets in two or ' +
    'more [ack: cdk-batch-platform:compute-single-zone]';

  test.each<[string, (stack: Stack, vpc: ec2.IVpc) => ec2.SubnetSelection]>([
    ['one subnet', (stack) => subnets(stack, 1)],
    ['subnets in one zone', (_, vpc) => ({ availabilityZones: [vpc.availabilityZones[0]] })],
  ])('warns of %s (compute-single-zone)', (_, select) => {
    const stack = newStack();
    const vpc = importedVpc(stack);
    new FargateComputeEnvironment(stack, 'Environment', { vpc, vpcSubnets: select(stack, vpc) });
    expect(warningsOf(stack)).toEqual([warning]);
  });

  test.each<[string, (stack: Stack) => Parameters<typeof environment>[1]]>([
    ['zones nobody told of', (stack) => ({ vpcSubnets: subnets(stack, 2) })],
    [
      'a placement group',
      (stack) => ({
        vpcSubnets: subnets(stack, 1),
        placementGroup: ec2.PlacementGroup.fromPlacementGroupName(stack, 'Group', 'close'),
      }),
    ],
  ])('%s pass', (_, props) => {
    const stack = newStack();
    environment(stack, props(stack));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('subnets that are known at deploy time only pass', () => {
    const stack = newStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Late', {
      vpcId: Fn.importValue('vpc'),
      availabilityZones: Fn.split(',', Fn.importValue('zones')),
      privateSubnetIds: Fn.split(',', Fn.importValue('subnets')),
    });
    environment(stack, { vpc });
    expect(warningsOf(stack).filter((text) => text.includes('compute-'))).toEqual([]);
    Template.fromStack(stack).hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      ComputeResources: { Subnets: { 'Fn::Split': [',', { 'Fn::ImportValue': 'subnets' }] } },
    });
  });
});

describe('subnets without a way to the internet', () => {
  const isolated = (stack: Stack): ec2.Vpc =>
    new ec2.Vpc(stack, 'Isolated', {
      subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      restrictDefaultSecurityGroup: false,
    });
  const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  const warningsAfter = (define: (stack: Stack, vpc: ec2.Vpc) => void): string[] => {
    const stack = newStack();
    define(stack, isolated(stack));
    Template.fromStack(stack);
    return warningsOf(stack);
  };
  const warning = (missing: string): string =>
    'subnets without a way to the internet (Stack/Isolated/IsolatedSubnet1, Stack/Isolated/IsolatedSubnet2) need VPC ' +
    `endpoints, and Stack/Isolated has none for ${missing}: add BatchEndpoints, or jobs wait forever unless there is ` +
    'another way out, such as a transit gateway [ack: cdk-batch-platform:compute-endpoints]';

  test('warns of endpoints that EC2 needs (compute-endpoints)', () => {
    expect(warningsAfter((stack, vpc) => new Ec2ComputeEnvironment(stack, 'Environment', { vpc, vpcSubnets }))).toEqual(
      [warning('ecs, ecs-agent, ecs-telemetry, ecr.api, ecr.dkr, logs, s3')],
    );
  });

  test('warns of those that Fargate needs, and lacks still', () => {
    const warnings = warningsAfter((stack, vpc) => {
      new FargateComputeEnvironment(stack, 'Environment', { vpc, vpcSubnets });
      vpc.addGatewayEndpoint('S3', { service: ec2.GatewayVpcEndpointAwsService.S3 });
    });
    expect(warnings).toEqual([warning('ecr.api, ecr.dkr, logs')]);
  });

  test('may get their endpoints after the compute environment', () => {
    const warnings = warningsAfter((stack, vpc) => {
      new Ec2ComputeEnvironment(stack, 'Environment', { vpc, vpcSubnets });
      new BatchEndpoints(stack, 'Endpoints', { vpc, vpcSubnets });
    });
    expect(warnings).toEqual([]);
  });
});

describe('public subnets', () => {
  const open = (stack: Stack, mapPublicIpOnLaunch: boolean): ec2.Vpc =>
    new ec2.Vpc(stack, 'Public', {
      subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch }],
      restrictDefaultSecurityGroup: false,
    });
  const warnings = (define: (stack: Stack) => void): string[] => {
    const stack = newStack();
    define(stack);
    Template.fromStack(stack);
    return warningsOf(stack);
  };

  test('are warned of when instances get no public address there (compute-public-addresses)', () => {
    const found = warnings((stack) => {
      new Ec2ComputeEnvironment(stack, 'Environment', { vpc: open(stack, false) });
    });
    expect(found).toEqual([
      'public subnets that give instances no public address (Stack/Public/PublicSubnet1, Stack/Public/PublicSubnet2) need ' +
        'VPC endpoints, and Stack/Public has none for ecs, ecs-agent, ecs-telemetry, ecr.api, ecr.dkr, logs, s3: set ' +
        "'mapPublicIpOnLaunch', or select private subnets, or jobs wait forever unless there is another way out, such as a " +
        'transit gateway [ack: cdk-batch-platform:compute-public-addresses]',
    ]);
  });

  test('pass when they give addresses, or have endpoints', () => {
    const addresses = warnings((stack) => {
      new Ec2ComputeEnvironment(stack, 'Environment', { vpc: open(stack, true) });
    });
    const endpoints = warnings((stack) => {
      const vpc = open(stack, false);
      new Ec2ComputeEnvironment(stack, 'Environment', { vpc });
      new BatchEndpoints(stack, 'Endpoints', { vpc });
    });
    expect([addresses, endpoints]).toEqual([[], []]);
  });

  test('pass on Fargate, where the job says whether it has an address', () => {
    const found = warnings((stack) => {
      const vpc = open(stack, false);
      expect(new FargateComputeEnvironment(stack, 'Environment', { vpc }).offer?.publicSubnets).toBe(true);
    });
    expect(found).toEqual([]);
  });
});

describe('without subnets of its own choice, a compute environment is in', () => {
  const { PUBLIC, PRIVATE_ISOLATED, PRIVATE_WITH_EGRESS } = ec2.SubnetType;
  const network = (stack: Stack, types: ec2.SubnetType[]): ec2.Vpc =>
    new ec2.Vpc(stack, 'Vpc', {
      subnetConfiguration: types.map((subnetType) => ({ name: subnetType, subnetType })),
      natGateways: types.includes(PRIVATE_WITH_EGRESS) ? 1 : 0,
      restrictDefaultSecurityGroup: false,
    });

  test.each<[string, ec2.SubnetType[], (vpc: ec2.Vpc) => ec2.ISubnet[]]>([
    ['private subnets', [PUBLIC, PRIVATE_ISOLATED, PRIVATE_WITH_EGRESS], (vpc) => vpc.privateSubnets],
    ['isolated ones when no others are private', [PUBLIC, PRIVATE_ISOLATED], (vpc) => vpc.isolatedSubnets],
    ['public ones when there are no others', [PUBLIC], (vpc) => vpc.publicSubnets],
  ])('%s', (_, types, expected) => {
    const stack = newStack();
    const vpc = network(stack, types);
    new FargateComputeEnvironment(stack, 'Environment', { vpc });
    const Subnets: unknown = stack.resolve(expected(vpc).map(({ subnetId }) => subnetId));
    Template.fromStack(stack).hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      ComputeResources: { Subnets },
    });
  });

  test('private subnets only, if the network is one of another app', () => {
    const stack = newStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Default', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      publicSubnetIds: ['subnet-00000000000000001', 'subnet-00000000000000002'],
    });
    expect(() => new Ec2ComputeEnvironment(stack, 'Environment', { vpc })).toThrow(
      "'vpc' must have private subnets with a way out, Stack/Default has none: add some, or choose other subnets by " +
        "'vpcSubnets' (in Stack/Environment)",
    );
    new Ec2ComputeEnvironment(stack, 'Other', { vpc, vpcSubnets: { subnetType: PUBLIC } });
  });
});

describe('counts', () => {
  const groups = (stack: Stack, count: number): ec2.ISecurityGroup[] =>
    Array.from({ length: count }, (_, index) =>
      ec2.SecurityGroup.fromSecurityGroupId(stack, `Group${index}`, `sg-${String(index).padStart(17, '0')}`),
    );

  test.each([0, 6])('refuses %d security groups (compute-security-groups)', (count) => {
    const stack = newStack();
    expect(() => environment(stack, { securityGroups: groups(stack, count) })).toThrow(
      `'securityGroups' must hold 1 to 5, or be left out for a new one, got ${count} (in Stack/Environment) ` +
        '[cdk-batch-platform:compute-security-groups]',
    );
  });

  test('takes 5 security groups', () => {
    const stack = newStack();
    expect(() => environment(stack, { securityGroups: groups(stack, 5) })).not.toThrow();
  });

  test('refuses no subnet (compute-subnets)', () => {
    expect(() => environment(newStack(), { vpcSubnets: { subnets: [] } })).toThrow(
      '[cdk-batch-platform:compute-subnets]',
    );
  });
});
