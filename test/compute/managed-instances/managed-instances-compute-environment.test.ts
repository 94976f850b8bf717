import { CfnParameter, Duration, Size } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as resourcegroups from 'aws-cdk-lib/aws-resourcegroups';
import { describe, expect, test } from 'vitest';
import {
  CapacityReservations,
  ContainerInsights,
  InstanceSelection,
  ManagedInstancesCapacity,
  ManagedInstancesComputeEnvironment,
  type ManagedInstancesComputeEnvironmentProps,
  PlatformCapability,
  ScaleIn,
} from '../../../lib';
import { importedVpc, newStack, templateOf } from '../../support/stack';

type Props = Partial<ManagedInstancesComputeEnvironmentProps>;

const environment = (stack: ReturnType<typeof newStack>, props: Props = {}): ManagedInstancesComputeEnvironment =>
  new ManagedInstancesComputeEnvironment(stack, 'Environment', { vpc: importedVpc(stack), ...props });

const hasProvider = (props: Props, provider: object): void => {
  templateOf((stack) => environment(stack, props)).hasResourceProperties('AWS::Batch::ComputeEnvironment', {
    ComputeResources: { ManagedInstancesProvider: provider },
  });
};

describe('a compute environment on ECS Managed Instances', () => {
  const template: Template = templateOf((stack) => environment(stack));
  const arnOf = (id: string): unknown => ({ 'Fn::GetAtt': [Match.stringLikeRegexp(`^${id}`), 'Arn'] });

  test('leaves the choice of instances to Amazon ECS', () => {
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      Type: 'MANAGED',
      State: 'ENABLED',
      ReplaceComputeEnvironment: Match.absent(),
      UpdatePolicy: Match.absent(),
      ComputeResources: {
        Type: 'ECS_MANAGED_INSTANCES',
        MaxvCpus: 256,
        MinvCpus: Match.absent(),
        Subnets: Match.absent(),
        SecurityGroupIds: Match.absent(),
        ManagedInstancesProvider: {
          InfrastructureRoleArn: arnOf('EnvironmentInfrastructureRole'),
          PropagateTags: Match.absent(),
          InfrastructureOptimization: Match.absent(),
          InstanceLaunchTemplate: {
            CapacityOptionType: 'ON_DEMAND',
            Ec2InstanceProfileArn: arnOf('EnvironmentInstanceProfile'),
            NetworkConfiguration: {
              Subnets: ['subnet-00000000000000001', 'subnet-00000000000000002'],
              SecurityGroups: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('SecurityGroup'), 'GroupId'] }],
            },
            InstanceRequirements: Match.absent(),
          },
        },
      },
    });
  });

  test.each([
    ['ec2.amazonaws.com', 'AmazonECSInstanceRolePolicyForManagedInstances'],
    ['ecs.amazonaws.com', 'AmazonECSInfrastructureRolePolicyForManagedInstances'],
  ])('has a role for %s with the policy %s', (Service, policy) => {
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service } })] },
      ManagedPolicyArns: [{ 'Fn::Join': ['', Match.arrayWith([`:iam::aws:policy/${policy}`])] }],
    });
  });

  test('lets Amazon ECS hand that role on to the instances, whatever its name, and no other', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'iam:PassRole',
            Effect: 'Allow',
            Resource: arnOf('EnvironmentInstanceRole'),
            Condition: { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ec2.amazonaws.com.cn'] } },
          },
        ],
      },
      Roles: [{ Ref: Match.stringLikeRegexp('^EnvironmentInfrastructureRole') }],
    });
  });

  test('goes before its roles and their policies', () => {
    const [resource] = Object.values(template.findResources('AWS::Batch::ComputeEnvironment'));
    for (const earlier of [/^EnvironmentInfrastructureRoleDefaultPolicy/, /^EnvironmentInstanceRole/]) {
      expect(resource.DependsOn).toContainEqual(expect.stringMatching(earlier));
    }
  });
});

describe('managed instances', () => {
  test('are what the user wants', () => {
    const template = templateOf((stack) =>
      environment(stack, {
        maxvCpus: 64,
        capacity: ManagedInstancesCapacity.SPOT,
        instances: InstanceSelection.families(ec2.InstanceClass.G5, ec2.InstanceClass.G6),
        storageSize: Size.gibibytes(200),
        localStorage: true,
        fipsEnabled: true,
        detailedMonitoring: true,
        instanceMetadataTags: true,
        capacityTags: { team: 'research' },
        containerInsights: ContainerInsights.ENABLED,
      }),
    );
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      EcsSettings: { ContainerInsights: 'ENABLED' },
      ComputeResources: {
        MaxvCpus: 64,
        CapacityTags: { team: 'research' },
        ManagedInstancesProvider: {
          PropagateTags: 'CAPACITY_PROVIDER',
          InstanceLaunchTemplate: {
            CapacityOptionType: 'SPOT',
            InstanceRequirements: { AllowedInstanceTypes: ['g5', 'g6'] },
            StorageConfiguration: { StorageSizeGiB: 200 },
            LocalStorageConfiguration: { UseLocalStorage: true },
            FipsEnabled: true,
            Monitoring: 'DETAILED',
            InstanceMetadataTagsPropagation: true,
          },
        },
      },
    });
  });

  test.each<[Props, string]>([
    [{ propagateTags: true }, 'CAPACITY_PROVIDER'],
    [{ propagateTags: false, capacityTags: { team: 'research' } }, 'NONE'],
  ])('%j: tags go by %s', (props, PropagateTags) => {
    hasProvider(props, { PropagateTags });
  });

  test('are measured every five minutes when told so', () => {
    hasProvider({ detailedMonitoring: false }, { InstanceLaunchTemplate: { Monitoring: 'BASIC' } });
  });

  test.each<[CapacityReservations, string]>([
    [CapacityReservations.only(), 'RESERVATIONS_ONLY'],
    [CapacityReservations.first(), 'RESERVATIONS_FIRST'],
    [CapacityReservations.excluded(), 'RESERVATIONS_EXCLUDED'],
  ])('use reserved capacity %#: $1', (capacityReservations, ReservationPreference) => {
    hasProvider(
      { capacityReservations },
      { InstanceLaunchTemplate: { CapacityReservations: { ReservationPreference } } },
    );
  });

  test('use the capacity reservations of a group', () => {
    const template = templateOf((stack) => {
      const group = new resourcegroups.CfnGroup(stack, 'Group', { name: 'reserved' });
      const capacity = ManagedInstancesCapacity.RESERVED;
      environment(stack, { capacity, capacityReservations: CapacityReservations.only(group) });
    });
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      ComputeResources: {
        ManagedInstancesProvider: {
          InstanceLaunchTemplate: {
            CapacityOptionType: 'RESERVED',
            CapacityReservations: { ReservationGroupArn: { 'Fn::GetAtt': ['Group', 'Arn'] } },
          },
        },
      },
    });
  });

  test.each<[string, ScaleIn, number]>([
    ['at once', ScaleIn.immediately(), 0],
    ['after no time', ScaleIn.after(Duration.seconds(0)), 0],
    ['after an hour', ScaleIn.after(Duration.hours(1)), 3_600],
    ['never', ScaleIn.never(), -1],
  ])('end %s', (_, scaleIn, ScaleInAfter) => {
    hasProvider({ scaleIn }, { InfrastructureOptimization: { ScaleInAfter } });
  });

  test.each([
    [Duration.seconds(3_601), 3_601],
    [Duration.millis(1_500), 1.5],
  ])('refuses to keep them for %s (compute-scale-in)', (delay, seconds) => {
    expect(() => environment(newStack(), { scaleIn: ScaleIn.after(delay) })).toThrow(
      `'scaleIn' must be a whole number of seconds from 0 to 3600, got ${seconds} (in Stack/Environment) ` +
        '[cdk-batch-platform:compute-scale-in]',
    );
  });

  test('end after a time that is known at deploy time only', () => {
    const template = templateOf((stack) => {
      const delay = Duration.seconds(new CfnParameter(stack, 'Delay', { type: 'Number' }).valueAsNumber);
      environment(stack, { scaleIn: ScaleIn.after(delay) });
    });
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      ComputeResources: {
        ManagedInstancesProvider: { InfrastructureOptimization: { ScaleInAfter: { Ref: 'Delay' } } },
      },
    });
  });

  test('refuses a group of families (compute-managed-instance-types)', () => {
    expect(() => environment(newStack(), { instances: InstanceSelection.defaultX86() })).toThrow(
      "'instances' of ECS Managed Instances must not be a group of families, got 'default_x86_64': name types or families, " +
        'or leave it out for any type (in Stack/Environment) [cdk-batch-platform:compute-managed-instance-types]',
    );
  });

  test('refuses more than one processor architecture', () => {
    expect(() => environment(newStack(), { instances: InstanceSelection.named('c7i', 'c7g') })).toThrow(
      '[cdk-batch-platform:compute-mixed-architecture]',
    );
  });

  test('refuses a limit of no vCPU', () => {
    expect(() => environment(newStack(), { maxvCpus: 0 })).toThrow('[cdk-batch-platform:compute-vcpus]');
  });
});

describe('what jobs can get', () => {
  test('is known when instances are restricted', () => {
    const instances = InstanceSelection.families(ec2.InstanceClass.C7G);
    const own = environment(newStack(), { instances, maxvCpus: 64, capacity: ManagedInstancesCapacity.SPOT });
    expect(own.platformCapability).toBe(PlatformCapability.MANAGED_INSTANCES);
    expect(own.architecture).toBe(ec2.InstanceArchitecture.ARM_64);
    expect(own.offer).toEqual({ maxvCpus: 64, instances, spot: true, isolatedSubnets: false });
  });

  test('is only limited in number when they are not', () => {
    const own = environment(newStack());
    expect(own.architecture).toBeUndefined();
    expect(own.offer).toEqual({ maxvCpus: 256, instances: undefined, spot: false, isolatedSubnets: false });
  });

  test('is what was told of an imported one', () => {
    const stack = newStack();
    const computeEnvironmentArn = 'arn:aws:batch:eu-west-1:123456789012:compute-environment/other';
    const offer = { instances: InstanceSelection.families(ec2.InstanceClass.C7G) };
    const imported = ManagedInstancesComputeEnvironment.fromManagedInstancesComputeEnvironmentAttributes(
      stack,
      'Other',
      {
        computeEnvironmentArn,
        offer,
      },
    );
    expect(imported.computeEnvironmentRef).toEqual({ computeEnvironmentArn });
    expect(imported.platformCapability).toBe(PlatformCapability.MANAGED_INSTANCES);
    expect(imported.architecture).toBe(ec2.InstanceArchitecture.ARM_64);
    expect(imported.offer).toBe(offer);
  });
});

test('takes roles of the user', () => {
  const stack = newStack();
  const role = (id: string, service: string): iam.IRole =>
    new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal(service) });
  const instanceRole = role('Instances', 'ec2.amazonaws.com');
  const infrastructureRole = role('Infrastructure', 'ecs.amazonaws.com');
  const own = environment(stack, { instanceRole, infrastructureRole });
  expect(own.instanceRole).toBe(instanceRole);
  expect(own.infrastructureRole).toBe(infrastructureRole);
});
