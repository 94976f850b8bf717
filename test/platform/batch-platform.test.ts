import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { describe, expect, test } from 'vitest';
import {
  BatchPlatform,
  Ec2Capacity,
  Ec2ComputeEnvironment,
  FargateComputeEnvironment,
  InstanceSelection,
  JobQueue,
  PlatformCapability,
  type IJobQueue,
} from '../../lib';
import { importedVpc, newStack, templateOf } from '../support/stack';

const arn = (kind: string, name: string) => `arn:aws:batch:us-east-1:123456789012:${kind}/${name}`;
const importedQueue = (stack: Stack, name: string): IJobQueue =>
  JobQueue.fromJobQueueAttributes(stack, name, {
    jobQueueArn: arn('job-queue', name),
    platformCapability: PlatformCapability.EC2,
  });
const environmentOf = (stack: Stack) =>
  Ec2ComputeEnvironment.fromEc2ComputeEnvironmentAttributes(stack, 'Mine', {
    computeEnvironmentArn: arn('compute-environment', 'mine'),
  });

describe('a platform without any property', () => {
  const stack = newStack();
  const platform = new BatchPlatform(stack, 'Platform');
  const template = Template.fromStack(stack);

  test.each([
    ['urgent', 100, 'OnDemand'],
    ['standard', 50, 'Spot'],
    ['bulk', 10, 'Spot'],
    ['fargate', 50, 'Fargate'],
  ])('has the queue %s of priority %d on %s', (name, priority, environment) => {
    const [id] = Object.keys(template.findResources('AWS::Batch::ComputeEnvironment')).filter((key) =>
      key.startsWith(`Platform${environment}`),
    );
    const queues = template.findResources('AWS::Batch::JobQueue', {
      Properties: {
        Priority: priority,
        ComputeEnvironmentOrder: [{ ComputeEnvironment: { 'Fn::GetAtt': [id, 'ComputeEnvironmentArn'] }, Order: 1 }],
      },
    });
    expect(Object.keys(queues)).toEqual([expect.stringMatching(`^PlatformQueues${name}`)]);
    expect(platform.queue(name).encryptionKey).toBe(platform.encryptionKey);
  });

  test('buys Spot where interruptions are least likely', () => {
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      ComputeResources: Match.objectLike({ Type: 'SPOT', AllocationStrategy: 'SPOT_CAPACITY_OPTIMIZED' }),
    });
  });

  test('runs no instance when idle, and has no GPU', () => {
    template.resourceCountIs('AWS::Batch::ComputeEnvironment', 3);
    template.resourcePropertiesCountIs(
      'AWS::Batch::ComputeEnvironment',
      { ComputeResources: Match.objectLike({ MinvCpus: 0 }) },
      2,
    );
  });

  test('encrypts its bucket with its key; both outlive the stack', () => {
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    expect(platform.bucket.encryptionKey).toBe(platform.encryptionKey);
  });

  test('lets EventBridge and CloudWatch publish to topics that other stacks encrypt with its key', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'events.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          }),
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          }),
        ]),
      },
    });
  });

  test('keeps all of its compute environments in one security group', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    expect(platform.connections.securityGroups).toHaveLength(1);
  });

  test('fails to find a queue that it does not have, and names those that it has', () => {
    expect(() => platform.queue('urgnt')).toThrow(
      `there is no queue 'urgnt': choose one of urgent, standard, bulk, fargate, or add it with addQueue() (in Stack/Platform)`,
    );
  });
});

describe('every part can be replaced', () => {
  test('network, key and bucket', () => {
    const stack = newStack();
    const vpc = importedVpc(stack);
    const encryptionKey = new kms.Key(stack, 'Key');
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'mine');
    const platform = new BatchPlatform(stack, 'Platform', { vpc, encryptionKey, bucket });
    expect(platform).toMatchObject({ vpc, encryptionKey, bucket });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::VPC', 0);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    template.resourceCountIs('AWS::KMS::Key', 1);
  });

  test('subnets, of a network that belongs to another app', () => {
    const stack = newStack();
    const Subnets = ['subnet-00000000000000003', 'subnet-00000000000000004'];
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['us-east-1a', 'us-east-1b'],
      publicSubnetIds: Subnets,
    });
    const platform = new BatchPlatform(stack, 'Platform', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } });
    platform.addGpuQueue();
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Batch::ComputeEnvironment', 4);
    template.allResourcesProperties('AWS::Batch::ComputeEnvironment', { ComputeResources: { Subnets } });
  });

  test('compute environments, by those of any library', () => {
    const stack = newStack();
    const vpc = importedVpc(stack);
    const mine = environmentOf(stack);
    const fargate = new FargateComputeEnvironment(stack, 'Fargate', { vpc });
    const platform = new BatchPlatform(stack, 'Platform', {
      vpc,
      onDemand: mine,
      spot: mine,
      fargate,
    });
    expect(platform).toMatchObject({ onDemand: mine, spot: mine, fargate });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Batch::ComputeEnvironment', 1);
    template.resourcePropertiesCountIs(
      'AWS::Batch::JobQueue',
      { ComputeEnvironmentOrder: [{ ComputeEnvironment: arn('compute-environment', 'mine'), Order: 1 }] },
      3,
    );
  });

  test('queues, and then nothing is defined that nobody would use', () => {
    const stack = newStack();
    const mine = importedQueue(stack, 'mine');
    const platform = new BatchPlatform(stack, 'Platform', { vpc: importedVpc(stack), queues: { mine } });
    expect(platform.queue('mine')).toBe(mine);
    expect(platform.queues).toEqual({ mine });
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Batch::ComputeEnvironment', 0);
    template.resourceCountIs('AWS::Batch::JobQueue', 0);
  });

  test('the size and the end of what remains', () => {
    const template = templateOf((stack) => {
      new BatchPlatform(stack, 'Platform', {
        vpc: importedVpc(stack),
        maxvCpus: 16,
        removalPolicy: RemovalPolicy.DESTROY,
      });
    });
    template.allResourcesProperties('AWS::Batch::ComputeEnvironment', { ComputeResources: { MaxvCpus: 16 } });
    template.allResources('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  });
});

describe('more queues', () => {
  const platformIn = (stack: Stack) => new BatchPlatform(stack, 'Platform', { vpc: importedVpc(stack) });

  test('share the compute environments of the platform, and its key', () => {
    const platform = platformIn(newStack());
    const nightly = platform.addQueue('nightly', { computeEnvironments: [platform.spot], priority: 20 });
    expect(platform.queue('nightly')).toBe(nightly);
    expect(nightly.encryptionKey).toBe(platform.encryptionKey);
    expect(platform.addQueue('calm', { computeEnvironments: [platform.onDemand] }).platformCapability).toBe('EC2');
    expect(platform.addQueue('tiny', { computeEnvironments: [platform.fargate] }).platformCapability).toBe('FARGATE');
  });

  test('a queue with GPUs has instances of its own', () => {
    const template = templateOf((stack) =>
      platformIn(stack).addGpuQueue({ maxvCpus: 96, capacity: Ec2Capacity.spot() }),
    );
    template.hasResourceProperties('AWS::Batch::ComputeEnvironment', {
      ComputeResources: {
        Type: 'SPOT',
        MinvCpus: 0,
        MaxvCpus: 96,
        InstanceTypes: ['g5', 'g6'],
        Ec2Configuration: [{ ImageType: 'ECS_AL2023_NVIDIA' }],
      },
    });
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
  });

  test.each([
    ['taken', 'urgent', `there is a queue 'urgent' already: choose another name (in Stack/Platform)`],
    ['with a space', 'my queue', `starting with a letter or digit, got "my queue"`],
    ['empty', '', `starting with a letter or digit, got ""`],
    ['too long', 'q'.repeat(129), 'the name of a queue must be up to 128 letters'],
  ])('refuses a name that is %s', (_, name, message) => {
    const platform = platformIn(newStack());
    expect(() => platform.addQueue(name, { computeEnvironments: [platform.spot] })).toThrow(message);
  });

  test('refuses a second queue with GPUs, and one without them', () => {
    const platform = platformIn(newStack());
    const instances = InstanceSelection.families(ec2.InstanceClass.C7I);
    expect(() => platform.addGpuQueue({ instances })).toThrow(`'instances' of the GPU queue must have GPUs, got c7i`);
    platform.addGpuQueue();
    expect(() => platform.addGpuQueue()).toThrow(`there is a queue 'gpu' already`);
  });
});

describe('contradictions', () => {
  test.each(['onDemand', 'spot', 'fargate'])('refuses %s together with queues', (property) => {
    const stack = newStack();
    const props = { queues: { mine: importedQueue(stack, 'mine') }, [property]: environmentOf(stack) };
    expect(() => new BatchPlatform(stack, 'Platform', props)).toThrow(
      `'${property}' has no effect when 'queues' replaces`,
    );
  });

  test.each(['onDemand', 'spot', 'fargate'] as const)('refuses to hand out %s that is not there', (property) => {
    const stack = newStack();
    const platform = new BatchPlatform(stack, 'Platform', { vpc: importedVpc(stack), queues: {} });
    expect(() => platform[property]).toThrow(`there is no '${property}', as 'queues' replaces the platform's own`);
    expect(() => platform.queue('any')).toThrow('choose one of none yet');
  });

  test('refuses compute on EC2 in the place of Fargate', () => {
    const stack = newStack();
    const fargate = environmentOf(stack);
    expect(() => new BatchPlatform(stack, 'Platform', { vpc: importedVpc(stack), fargate })).toThrow(
      `all jobs of a queue run on one of EC2, Fargate, ECS Managed Instances or EKS, got Mine on EC2, 'platformCapability' FARGATE`,
    );
  });
});
