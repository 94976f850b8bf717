import { CloudFormationClient, DescribeStackResourcesCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { type App, CfnOutput, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { leftovers } from './support/account';
import { type Cli, createCli } from './support/cdk';

let endpoint: Endpoint;
let cli: Cli;
const options = () => ({ endpoint: endpoint.url, region: 'us-east-1', credentials: endpoint.credentials });

beforeAll(async () => {
  endpoint = await startEndpoint();
  cli = createCli(endpoint.url);
});
afterAll(async () => {
  cli.remove();
  await endpoint.close();
});

interface Wishes {
  readonly visibleAfter?: Duration;
  readonly isWithoutQueue?: boolean;
  readonly type?: string;
}

const shop =
  ({ visibleAfter = Duration.seconds(30), isWithoutQueue = false, type }: Wishes = {}) =>
  (app: App): Stack => {
    const stack = new Stack(app, 'Shop');
    const bucket = new s3.Bucket(stack, 'Goods', { versioned: true, removalPolicy: RemovalPolicy.DESTROY });
    const role = new iam.Role(stack, 'Keeper', { assumedBy: new iam.AccountRootPrincipal() });
    const topic = new sns.Topic(stack, 'News');
    bucket.grantRead(role);
    topic.grantPublish(role);
    new CfnOutput(stack, 'Bucket', { value: bucket.bucketName });
    if (!isWithoutQueue) {
      const queue = new sqs.Queue(stack, 'Orders', { visibilityTimeout: visibleAfter });
      topic.addSubscription(new subscriptions.SqsSubscription(queue));
      new CfnOutput(stack, 'Queue', { value: queue.queueUrl });
    }
    if (type !== undefined) new CfnResource(stack, 'Stranger', { type });
    return stack;
  };

const deploy = ['deploy', '--require-approval', 'never'];

// One story, in order.
test('a first deployment needs no bootstrap and shows its outputs', async () => {
  const { status, output } = await cli.run(deploy, shop());
  expect(output).toMatch(/Shop\.Bucket = shop-goods[a-z0-9]{8}-[a-z0-9]{12}\n/);
  expect(output).toMatch(/Shop\.Queue = http:\/\/127\.0\.0\.1:\d+\/000000000000\/Shop-Orders/);
  expect(status).toBe(0);
});

test('a second deployment finds nothing to change', async () => {
  const { status, output } = await cli.run(deploy, shop());
  expect(output).toContain('Shop (no changes)');
  expect(status).toBe(0);
});

test('a forced deployment of the same finds nothing to change either', async () => {
  const { status, output } = await cli.run([...deploy, '--force'], shop());
  expect(output).toContain('CloudFormation reported that the deployment would not make any changes');
  expect(status).toBe(0);
});

test('a changed deployment changes the queue in place', async () => {
  const { status, output } = await cli.run(deploy, shop({ visibleAfter: Duration.seconds(90) }));
  expect(output).toMatch(/UPDATE_COMPLETE +\| AWS::SQS::Queue/);
  expect(status).toBe(0);
  const sqsClient = new SQSClient(options());
  const { QueueUrls: [QueueUrl] = [] } = await sqsClient.send(new ListQueuesCommand({}));
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] });
  expect((await sqsClient.send(command)).Attributes).toEqual({ VisibilityTimeout: '90' });
});

test('a diff shows what a deployment would do', async () => {
  const { status, output } = await cli.run(['diff'], shop({ isWithoutQueue: true }));
  expect(output).toContain('[-] AWS::SQS::Queue Orders');
  expect(status).toBe(0);
});

test('a deployment with a type outside of the closed list fails with its name and leaves everything as it was', async () => {
  const before = await leftovers(options());
  const { status, output } = await cli.run(deploy, shop({ isWithoutQueue: true, type: 'AWS::EC2::TransitGateway' }));
  expect(output).toContain('Unrecognized resource types: [AWS::EC2::TransitGateway]');
  expect(output).toContain('UPDATE_ROLLBACK_COMPLET');
  expect(status).toBe(1);
  expect(await leftovers(options())).toEqual(before);
});

test('a deployment without the queue removes it', async () => {
  const { status, output } = await cli.run(deploy, shop({ isWithoutQueue: true }));
  expect(output).toMatch(/DELETE_COMPLETE +\| AWS::SQS::Queue/);
  expect(status).toBe(0);
  expect(await leftovers(options())).toMatchObject({ queues: [] });
});

test('a destruction leaves nothing', async () => {
  const { status, output } = await cli.run(['destroy', '--force'], shop());
  expect(output).toContain('Shop: destroyed');
  expect(status).toBe(0);
  const left = Object.values(await leftovers(options())).flat();
  expect(left).toEqual([]);
});

test('a first deployment that fails leaves nothing, and the next one starts anew', async () => {
  const failed = await cli.run(deploy, shop({ type: 'AWS::EC2::TransitGateway' }));
  expect(failed.output).toContain('ROLLBACK_COMPLETE');
  expect(failed.status).toBe(1);
  expect(Object.values(await leftovers(options())).flat()).toEqual([]);
  const client = new CloudFormationClient(options());
  const resources = await client.send(new DescribeStackResourcesCommand({ StackName: 'Shop' }));
  expect(resources.StackResources ?? []).toEqual([]);

  expect((await cli.run(deploy, shop())).status).toBe(0);
  expect((await cli.run(['destroy', '--force'], shop())).status).toBe(0);
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({}));
  expect(new Set(StackSummaries.map(({ StackStatus }) => StackStatus))).toEqual(new Set(['DELETE_COMPLETE']));
});
