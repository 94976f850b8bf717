import { CfnParameter, type Stack, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { describe, expect, test } from 'vitest';
import { Ec2ComputeEnvironment, FargateComputeEnvironment, JobQueue, PlatformCapability } from '../../lib';
import { importedVpc, newStack, templateOf } from '../support/stack';

const { ARM_64, X86_64 } = ec2.InstanceArchitecture;
const arn = (kind: string, name: string) => `arn:aws:batch:us-east-1:123456789012:${kind}/${name}`;

const onEc2 = (stack: Stack, name: string, architecture?: ec2.InstanceArchitecture) =>
  Ec2ComputeEnvironment.fromEc2ComputeEnvironmentAttributes(stack, name, {
    computeEnvironmentArn: arn('compute-environment', name),
    architecture,
  });
const onFargate = (stack: Stack, name: string) =>
  FargateComputeEnvironment.fromFargateComputeEnvironmentArn(stack, name, arn('compute-environment', name));
const ofAnotherLibrary = (stack: Stack) =>
  new batch.FargateComputeEnvironment(stack, 'Theirs', { vpc: importedVpc(stack) });

describe('a job queue', () => {
  test('tries its compute environments in the given order', () => {
    const template = templateOf((stack) => {
      new JobQueue(stack, 'Queue', { computeEnvironments: [onEc2(stack, 'a'), onEc2(stack, 'b'), onEc2(stack, 'c')] });
    });
    template.hasResourceProperties('AWS::Batch::JobQueue', {
      State: 'ENABLED',
      Priority: 1,
      JobQueueName: Match.absent(),
      SchedulingPolicyArn: Match.absent(),
      Tags: Match.absent(),
      ComputeEnvironmentOrder: ['a', 'b', 'c'].map((name, index) => ({
        Order: index + 1,
        ComputeEnvironment: arn('compute-environment', name),
      })),
    });
  });

  test('tells what its jobs run on, from compute environments of its own kind', () => {
    const stack = newStack();
    const queue = new JobQueue(stack, 'Queue', { computeEnvironments: [onFargate(stack, 'a')] });
    expect(queue.platformCapability).toBe(PlatformCapability.FARGATE);
    expect(queue.node.defaultChild).toBeInstanceOf(batch.CfnJobQueue);
  });

  test('takes compute environments of other libraries, when told what they run on', () => {
    const stack = newStack();
    const queue = new JobQueue(stack, 'Queue', {
      computeEnvironments: [ofAnotherLibrary(stack)],
      platformCapability: PlatformCapability.FARGATE,
    });
    expect(queue.platformCapability).toBe(PlatformCapability.FARGATE);
  });

  test('shares its compute as a scheduling policy of any library says', () => {
    const stack = newStack();
    const schedulingPolicy = new batch.FairshareSchedulingPolicy(stack, 'Fair');
    const queue = new JobQueue(stack, 'Queue', { computeEnvironments: [onEc2(stack, 'a')], schedulingPolicy });
    expect(queue.schedulingPolicy).toBe(schedulingPolicy);
    Template.fromStack(stack).hasResourceProperties('AWS::Batch::JobQueue', {
      SchedulingPolicyArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Fair'), 'Arn'] },
    });
  });

  test('can be closed, named and tagged; tags of the app stay away', () => {
    const template = templateOf((stack) => {
      Tags.of(stack.node.root).add('commit', '1a2b3c');
      new JobQueue(stack, 'Queue', {
        computeEnvironments: [onEc2(stack, 'a')],
        enabled: false,
        jobQueueName: 'research',
        tags: { team: 'research' },
      });
    });
    template.hasResourceProperties('AWS::Batch::JobQueue', {
      State: 'DISABLED',
      JobQueueName: 'research',
      Tags: Match.objectEquals({ team: 'research' }),
    });
  });

  test('passes its key on to whom it may concern', () => {
    const stack = newStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const queue = new JobQueue(stack, 'Queue', { computeEnvironments: [onEc2(stack, 'a')], encryptionKey });
    expect(queue.encryptionKey).toBe(encryptionKey);
  });
});

describe('checks', () => {
  test.each([
    ['no compute environment', () => [], `'computeEnvironments' must hold 1 to 3 compute environments, got 0`],
    [
      'four of them',
      (stack: Stack) => ['a', 'b', 'c', 'd'].map((name) => onEc2(stack, name)),
      'must hold 1 to 3 compute environments, got 4 (in Stack/Queue) [cdk-batch-platform:queue-compute-count]',
    ],
    [
      'EC2 with Fargate',
      (stack: Stack) => [onEc2(stack, 'a'), onFargate(stack, 'b')],
      'run on one of EC2, Fargate, ECS Managed Instances or EKS, got a on EC2, b on FARGATE: use a queue for each (in Stack/Queue) [cdk-batch-platform:queue-compute-kind]',
    ],
    [
      'two architectures',
      (stack: Stack) => [onEc2(stack, 'a', X86_64), onEc2(stack, 'b', ARM_64)],
      'must have one processor architecture, got a on x86_64, b on arm64: use a queue for each (in Stack/Queue) [cdk-batch-platform:queue-architecture]',
    ],
    [
      'the same one twice',
      (stack: Stack) => {
        const one = onEc2(stack, 'a');
        return [one, onEc2(stack, 'b'), one];
      },
      `'computeEnvironments' must differ, got a twice: leave one out (in Stack/Queue) [cdk-batch-platform:queue-duplicate-compute]`,
    ],
    [
      'what is not known',
      (stack: Stack) => [ofAnotherLibrary(stack)],
      `'platformCapability' of the queue is not known`,
    ],
  ])('refuses %s', (_, environments, message) => {
    const stack = newStack();
    const computeEnvironments = environments(stack);
    expect(() => new JobQueue(stack, 'Queue', { computeEnvironments })).toThrow(message);
  });

  test('refuses a platform capability that the compute environments contradict', () => {
    const stack = newStack();
    const props = { computeEnvironments: [onEc2(stack, 'a')], platformCapability: PlatformCapability.FARGATE };
    expect(() => new JobQueue(stack, 'Queue', props)).toThrow(`got a on EC2, 'platformCapability' FARGATE`);
  });

  test.each([-1, 1001, 0.5])('refuses priority %d', (priority) => {
    const stack = newStack();
    expect(() => new JobQueue(stack, 'Queue', { computeEnvironments: [onEc2(stack, 'a')], priority })).toThrow(
      `'priority' must be a whole number from 0 to 1000, got ${priority} (in Stack/Queue) [cdk-batch-platform:queue-priority]`,
    );
  });

  test.each([0, 1000])('takes priority %d', (priority) => {
    const template = templateOf((stack) => {
      new JobQueue(stack, 'Queue', { computeEnvironments: [onEc2(stack, 'a')], priority });
    });
    template.hasResourceProperties('AWS::Batch::JobQueue', { Priority: priority });
  });

  test('a priority known at deploy time passes', () => {
    const template = templateOf((stack) => {
      const priority = new CfnParameter(stack, 'Priority', { type: 'Number', default: 5 }).valueAsNumber;
      new JobQueue(stack, 'Queue', { computeEnvironments: [onEc2(stack, 'a')], priority });
    });
    template.hasResourceProperties('AWS::Batch::JobQueue', { Priority: { Ref: 'Priority' } });
  });
});

describe('a name', () => {
  const named = (stack: Stack, jobQueueName: string) =>
    new JobQueue(stack, 'Queue', { computeEnvironments: [onEc2(stack, 'a')], jobQueueName });

  test.each(['', 'night.shift', 'night shift', 'a'.repeat(129)])('refuses %j', (name) => {
    expect(() => named(newStack(), name)).toThrow(
      /'jobQueueName' must be 1 to 128 letters, .* got .* \(in Stack\/Queue\) \[cdk-batch-platform:queue-name\]/,
    );
  });

  test('warns of what it costs, by the id queue-physical-name', () => {
    const stack = newStack();
    named(stack, 'a'.repeat(128));
    const found = Annotations.fromStack(stack).findWarning('/Stack/Queue', Match.stringLikeRegexp('jobQueueName'));
    expect(found.map(({ entry }) => entry.data)).toEqual([
      expect.stringContaining('[ack: cdk-batch-platform:queue-physical-name]'),
    ]);
  });

  test('that is known at deploy time passes', () => {
    const template = templateOf((stack) => {
      named(stack, new CfnParameter(stack, 'Name').valueAsString);
    });
    template.hasResourceProperties('AWS::Batch::JobQueue', { JobQueueName: { Ref: 'Name' } });
  });
});

describe('grants', () => {
  const submit = Match.objectLike({ Action: 'batch:SubmitJob', Effect: 'Allow', Resource: arn('job-queue', 'q') });
  const imported = (stack: Stack) =>
    JobQueue.fromJobQueueAttributes(stack, 'Queue', {
      jobQueueArn: arn('job-queue', 'q'),
      platformCapability: PlatformCapability.EC2,
    });

  test.each([
    ['role', (stack: Stack) => new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') })],
    ['imported role', (stack: Stack) => iam.Role.fromRoleArn(stack, 'R', 'arn:aws:iam::123456789012:role/r')],
    ['user', (stack: Stack) => new iam.User(stack, 'R')],
  ])('let a %s submit to this queue only, even to an imported one', (_, granteeIn) => {
    const template = templateOf((stack) => {
      imported(stack).grants.submit(granteeIn(stack)).assertSuccess();
    });
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [submit] } });
  });

  test('let a role see the queue and its jobs: listing takes no narrower resource', () => {
    const template = templateOf((stack) => {
      const role = new iam.Role(stack, 'R', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      imported(stack).grants.read(role).assertSuccess();
    });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Action: 'batch:GetJobQueueSnapshot', Effect: 'Allow', Resource: arn('job-queue', 'q') },
          { Action: ['batch:DescribeJobQueues', 'batch:ListJobs'], Effect: 'Allow', Resource: '*' },
        ],
      },
    });
  });

  test('say so when a grantee cannot be given anything', () => {
    const stack = newStack();
    const service = new iam.ServicePrincipal('events.amazonaws.com');
    expect(() => {
      imported(stack).grants.submit(service).assertSuccess();
    }).toThrow(/SubmitJob/);
  });

  test('an imported queue knows what it was told, and nothing else', () => {
    const queue = imported(newStack());
    expect(queue.jobQueueRef).toEqual({ jobQueueArn: arn('job-queue', 'q') });
    expect(queue.encryptionKey).toBeUndefined();
  });
});
