import { App, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { describe, expect, test } from 'vitest';
import {
  BatchJob,
  BatchPlatform,
  FairShareSchedulingPolicy,
  IsolatedBatchNetwork,
  JobSize,
  PlatformCapability,
  PublicBatchNetwork,
} from '../../lib';
import { written } from '../support/policies';
import { jobOn, parametersOf, platformIn } from '../support/platforms';
import { importedVpc, newStack } from '../support/stack';
import { warningsOf } from '../support/warnings';

const env = { account: '111122223333', region: 'us-east-1' };
const keyOf = (name: string): string => `ssm:account=111122223333:parameterName=${name}:region=us-east-1`;
const KEY = keyOf('/batch-platform/prod');

const submissionTags = { team: 'research', note: '' };

/** What the CDK CLI would find. */
function context(vpcOf = importedVpc): Record<string, unknown> {
  const stack = newStack({ env });
  const platform = platformIn(stack, { platformName: 'prod', maxvCpus: 64, vpc: vpcOf(stack) });
  const schedulingPolicy = new FairShareSchedulingPolicy(stack, 'Fair');
  platform.addQueue('fair', { computeEnvironments: [platform.fargate], schedulingPolicy });
  platform.addJob('render', jobOn(stack, 'Render', platform.queue('bulk'), { submissionTags }));
  const arn = (id: string): string => `arn:aws:batch:us-east-1:111122223333:any/${id}`;
  const values = Object.entries(parametersOf(stack)).map(
    ([name, value]) => [keyOf(name), written(value).replace(/\$\{(\w+)\.\w+\}/g, (_, id: string) => arn(id))] as const,
  );
  return Object.fromEntries<unknown>(values);
}

const appStack = (context: Record<string, unknown>): Stack => new Stack(new App({ context }), 'App', { env });
const known = () => appStack(context());

describe('a platform that was looked up', () => {
  test('tells what its queues run on, and what their jobs can get', () => {
    const queue = BatchPlatform.fromLookup(known(), 'Platform', 'prod').queue('fair');
    expect(queue.platformCapability).toBe('FARGATE');
    expect(queue.schedulingPolicy).toBeDefined();
    expect(queue.computeEnvironments?.map(({ offer }) => offer?.maxvCpus)).toEqual([64]);
  });

  test('fails for a job that would never run there', () => {
    const stack = known();
    const queue = BatchPlatform.fromLookup(stack, 'Platform', 'prod').queue('bulk');
    const image = ecs.ContainerImage.fromRegistry('busybox');
    const size = JobSize.of(96, Size.gibibytes(8));
    expect(() => new BatchJob(stack, 'Job', { image, command: ['true'], queue, size })).toThrow(
      /the job asks for 96 vCPUs at the same time, and 'maxvCpus' of .*Spot is 64.*\[cdk-batch-platform:fit-max-vcpus\]/,
    );
  });

  test('gives tasks a public address in public subnets', () => {
    const stack = appStack(context((scope) => new PublicBatchNetwork(scope, 'Network').vpc));
    jobOn(stack, 'Job', BatchPlatform.fromLookup(stack, 'Platform', 'prod').queue('fargate'));
    expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::Batch::JobDefinition'))).toContain(
      '{"AssignPublicIp":"ENABLED"}',
    );
  });

  test('warns of images that cannot be pulled in an isolated network', () => {
    const stack = appStack(context((scope) => new IsolatedBatchNetwork(scope, 'Network').vpc));
    jobOn(stack, 'Job', BatchPlatform.fromLookup(stack, 'Platform', 'prod').queue('bulk'));
    expect(warningsOf(stack).join()).toContain('[ack: cdk-batch-platform:job-image-unreachable]');
  });

  test('knows its jobs', () => {
    const job = BatchPlatform.fromLookup(known(), 'Platform', 'prod').job('render');
    expect(job).toMatchObject({ kind: 'CONTAINER', submissionTags });
    expect(job.queue.platformCapability).toBe('EC2');
  });

  test('fails for what it does not have', () => {
    const platform = BatchPlatform.fromLookup(known(), 'Platform', 'prod');
    expect(() => platform.queue('gpu')).toThrow(
      `the platform 'prod' has no queue 'gpu': it has urgent, standard, bulk, fargate, fair; if it is new, run 'cdk ` +
        `context --clear' (in App/Platform) [cdk-batch-platform:platform-queue-unknown]`,
    );
    expect(() => platform.job('bake')).toThrow(`the platform 'prod' has no job 'bake': it has render; if it is new`);
  });

  test('fails when the parameter holds something else', () => {
    expect(() => BatchPlatform.fromLookup(appStack({ [KEY]: '{}' }), 'Platform', 'prod')).toThrow(
      /the parameter \/batch-platform\/prod is not what a platform writes: 'schemaVersion' is missing.*\[cdk-batch-platform:platform-descriptor\]/,
    );
  });
});

describe('a platform that is yet to be looked up', () => {
  test('has whatever is asked for, so that the synthesis gets to its end and the CDK CLI looks', () => {
    const app = new App();
    const stack = new Stack(app, 'App', { env });
    const queues = { pods: { platformCapability: PlatformCapability.EKS } };
    const platform = BatchPlatform.fromLookup(stack, 'Platform', 'prod', { queues });
    expect(platform.queue('fargate').platformCapability).toBe('FARGATE');
    expect(platform.queue('pods').platformCapability).toBe('EKS');
    jobOn(stack, 'Job', platform.queue('whatever'));
    platform.job('render').grants.submit(platform.job('other'));
    const { manifest } = app.synth();
    expect(manifest.missing?.map(({ key }) => key)).toEqual([KEY]);
  });

  test('fails in a stack without account and Region, as there is nowhere to look', () => {
    expect(() => BatchPlatform.fromLookup(newStack(), 'Platform', 'prod')).toThrow(/account\/region/);
  });
});
