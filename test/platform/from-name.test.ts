import { Match, Template } from 'aws-cdk-lib/assertions';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import {
  BatchPipeline,
  BatchPlatform,
  JobDefinitionKind,
  JobQueue,
  PipelineStep,
  PipelineTrigger,
  PlatformCapability,
  SubmissionGateway,
} from '../../lib';
import { jobOn, parametersOf, platformIn } from '../support/platforms';
import { statementWith } from '../support/role-statements';
import { newStack } from '../support/stack';
import { warningsOf } from '../support/warnings';

const service = new iam.ServicePrincipal('lambda.amazonaws.com');
const valueOf = (path: string): unknown => expect.objectContaining({ Ref: refTo(path) });
const refTo = (path: string): unknown => expect.stringContaining(`batchplatformprod${path}`);

describe('a platform of another stack', () => {
  test('is read from the parameter store with each deployment, and only what is used of it', () => {
    const stack = newStack();
    const platform = BatchPlatform.fromName(stack, 'Platform', 'prod');
    expect(platform.queue('bulk')).toBe(platform.queue('bulk'));
    jobOn(stack, 'Job', platform.queue('bulk'));
    const read = Object.values(Template.fromStack(stack).findParameters('*')).map(({ Default }) => String(Default));
    expect(read.filter((name) => name.startsWith('/batch-platform')).sort()).toEqual([
      '/batch-platform/prod/key',
      '/batch-platform/prod/queues/bulk',
    ]);
  });

  test.each([
    ['urgent', 'EC2'],
    ['standard', 'EC2'],
    ['bulk', 'EC2'],
    ['gpu', 'EC2'],
    ['teams', 'EC2'],
    ['fargate', 'FARGATE'],
  ])('has the default queue %s on %s', (name, capability) => {
    expect(BatchPlatform.fromName(newStack(), 'Platform', 'prod').queue(name).platformCapability).toBe(capability);
  });

  test('has other queues whose compute is told', () => {
    const queues = { pods: { platformCapability: PlatformCapability.EKS } };
    const platform = BatchPlatform.fromName(newStack(), 'Platform', 'prod', { queues });
    expect(platform.queue('pods').platformCapability).toBe('EKS');
    expect(() => platform.queue('pod')).toThrow(
      `it is not known what jobs of the queue 'pod' run on: give fromName() { queues: { 'pod': { platformCapability } } }, ` +
        `or use fromLookup() (in Stack/Platform) [cdk-batch-platform:platform-queue-unknown]`,
    );
  });

  test.each([
    ['teams', {}],
    ['fair', { queues: { fair: { platformCapability: PlatformCapability.EC2, shared: true } } }],
  ])('has the queue %s, whose jobs have a priority as its scheduling policy wants it', (name, attributes) => {
    const stack = newStack();
    jobOn(stack, 'Job', BatchPlatform.fromName(stack, 'Platform', 'prod', attributes).queue(name));
    Template.fromStack(stack).hasResourceProperties('AWS::Batch::JobDefinition', { SchedulingPriority: 0 });
  });

  test.each([
    [
      'a public address in public subnets',
      { fargate: { platformCapability: PlatformCapability.FARGATE, publicSubnets: true } },
      { NetworkConfiguration: { AssignPublicIp: 'ENABLED' } },
    ],
    [
      'the architecture of the instances',
      {
        graviton: {
          platformCapability: PlatformCapability.MANAGED_INSTANCES,
          architecture: InstanceArchitecture.ARM_64,
        },
      },
      { RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' } },
    ],
  ])('gives tasks %s, when that is told', (_, queues, properties) => {
    const stack = newStack();
    const [name = ''] = Object.keys(queues);
    jobOn(stack, 'Job', BatchPlatform.fromName(stack, 'Platform', 'prod', { queues }).queue(name));
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::Batch::JobDefinition'))).toContain(
      JSON.stringify(properties).slice(1, -1),
    );
  });

  describe('of whose queue only is told that subnets are public', () => {
    const queues = { fargate: { platformCapability: PlatformCapability.FARGATE, publicSubnets: true } };

    test('names no compute environment to those who find the queue by another platform', () => {
      const stack = newStack();
      const fargate = BatchPlatform.fromName(stack, 'Prod', 'prod', { queues }).queue('fargate');
      platformIn(stack, { queues: { fargate }, platformName: 'own' });
      expect(parametersOf(stack)['/batch-platform/own/queues/fargate/compute']).toBe('[]');
    });

    test('fails when another queue is given its compute environments', () => {
      const stack = newStack();
      const { computeEnvironments = [] } = BatchPlatform.fromName(stack, 'Prod', 'prod', { queues }).queue('fargate');
      new JobQueue(stack, 'Queue', { computeEnvironments });
      expect(() => Template.fromStack(stack)).toThrow(
        `the compute environments of the queue 'fargate' are not known: find them with fromLookup()`,
      );
    });
  });

  test('lets code read and write its bucket, by the key that its own account manages', () => {
    const stack = newStack();
    const platform = BatchPlatform.fromName(stack, 'Platform', 'prod');
    const role = new iam.Role(stack, 'Role', { assumedBy: service });
    platform.bucket.grantReadWrite(role);
    expect(statementWith(stack, 'Role', 'kms:Decrypt').Resource).toEqual(valueOf('key'));
    expect(JSON.stringify(statementWith(stack, 'Role', 's3:GetObject*').Resource)).toContain('batchplatformprodbucket');
    expect(warningsOf(stack)).toEqual([]);
  });

  test('lets code submit through its gateway', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Role', { assumedBy: service });
    BatchPlatform.fromName(stack, 'Platform', 'prod').grants.submit(role);
    expect(statementWith(stack, 'Role', 'lambda:InvokeFunction').Resource).toContainEqual(valueOf('gateway'));
  });
});

test('a queue of a platform of another stack has metrics, by the name that comes with the deployment', () => {
  const stack = newStack();
  const queue = BatchPlatform.fromName(stack, 'Platform', 'prod').queue('urgent');
  const { JobQueueName } = queue.metrics.failed().dimensions ?? {};
  expect(stack.resolve(JobQueueName)).toEqual({
    'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', valueOf('queuesurgent')] }] }] }],
  });
});

describe('a job of a platform of another stack', () => {
  const told = { kind: JobDefinitionKind.CONTAINER, shareIdentifier: 'research', submissionTags: { team: 'research' } };
  const jobs = { render: { queue: 'bulk', ...told } };

  test('is submitted by its name, to its queue', () => {
    const stack = newStack();
    const job = BatchPlatform.fromName(stack, 'Platform', 'prod', { jobs }).job('render');
    expect(job).toMatchObject(told);
    const role = new iam.Role(stack, 'Role', { assumedBy: service });
    job.grants.submit(role);
    job.queue.grants.submit(role);
    const resources = JSON.stringify(statementWith(stack, 'Role', 'batch:SubmitJob').Resource);
    expect(resources).toContain('batchplatformprodjobsrender');
    expect(resources).toContain('batchplatformprodqueuesbulk');
  });

  test('gets permissions by the role that its code has', () => {
    const stack = newStack();
    const platform = BatchPlatform.fromName(stack, 'Platform', 'prod', { jobs });
    platform.bucket.grantRead(platform.job('render'));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: Match.stringLikeRegexp('batchplatformprodjobsrenderrole') }],
    });
  });

  test('fails when its queue is not told', () => {
    expect(() => BatchPlatform.fromName(newStack(), 'Platform', 'prod').job('render')).toThrow(
      `it is not known which queue the job 'render' waits in: give fromName() { jobs: { 'render': { queue } } }, or use ` +
        `fromLookup() (in Stack/Platform) [cdk-batch-platform:platform-job-unknown]`,
    );
  });
});

test('jobs, pipelines and gateways are composed on a platform of another stack', () => {
  const stack = newStack();
  const platform = BatchPlatform.fromName(stack, 'Platform', 'prod', { jobs: { merge: { queue: 'urgent' } } });
  const map = jobOn(stack, 'Map', platform.queue('fargate'));
  new BatchPipeline(stack, 'Pipeline', {
    trigger: PipelineTrigger.objectCreated(platform.bucket, { prefix: 'incoming/' }),
    steps: [PipelineStep.array(map), PipelineStep.collect(platform.job('merge'))],
  });
  const gateway = new SubmissionGateway(stack, 'Gateway', { bucket: platform.bucket });
  gateway.addJob('map', map);

  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::KMS::Key', 0);
  template.allResourcesProperties('AWS::Logs::LogGroup', {
    KmsKeyId: { Ref: Match.stringLikeRegexp('batchplatformprodkey') },
  });
  template.hasResourceProperties('AWS::Batch::JobDefinition', { PlatformCapabilities: ['FARGATE'] });
  expect(warningsOf(stack)).toEqual([]);
  const outputs = Object.values(template.findOutputs('*'));
  expect(outputs.filter((output) => 'Export' in output)).toEqual([]);
});
