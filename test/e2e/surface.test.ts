import {
  BatchClient,
  DescribeComputeEnvironmentsCommand,
  DescribeConsumableResourceCommand,
  DescribeJobDefinitionsCommand,
  DescribeJobsCommand,
  DescribeSchedulingPoliciesCommand,
  DescribeServiceEnvironmentsCommand,
  SubmitJobCommand,
} from '@aws-sdk/client-batch';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { leftovers } from './support/account';
import { type Cli, createCli } from './support/cdk';
import { surfaceStack, type SurfaceWishes } from './support/surface';

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

const FIRST: SurfaceWishes = { maxvCpus: 4, licenses: 1, weightFactor: 1, sidecarImage: 'init:1' };
const deploy = async (wishes: SurfaceWishes) => {
  const { status, output } = await cli.run(['deploy', '--require-approval', 'never'], surfaceStack(wishes));
  expect(status, output).toBe(0);
};

const outputs = async (): Promise<Readonly<Record<string, string>>> => {
  const { Stacks = [] } = await new CloudFormationClient(options()).send(
    new DescribeStacksCommand({ StackName: 'Surface' }),
  );
  const entries = Stacks[0].Outputs ?? [];
  return Object.fromEntries(entries.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
};

/** Physical ids by logical id, of the types of AWS Batch. */
const ids = async (): Promise<ReadonlyMap<string, string>> => {
  const client = new CloudFormationClient(options());
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName: 'Surface' }));
  const ours = StackResources.filter(({ ResourceType = '' }) => ResourceType.startsWith('AWS::Batch::'));
  return new Map(
    ours.map(({ LogicalResourceId = '', PhysicalResourceId = '' }) => [LogicalResourceId, PhysicalResourceId]),
  );
};

// One story, in order.
test('every type of AWS Batch is deployed, with its neighbours', async () => {
  await deploy(FIRST);
  const { computeEnvironments = [] } = await new BatchClient(options()).send(
    new DescribeComputeEnvironmentsCommand({}),
  );
  const kinds = computeEnvironments.map((one) => one.computeResources?.type ?? one.type);
  expect(kinds.sort()).toEqual(['EC2', 'ECS_MANAGED_INSTANCES', 'SPOT', 'UNMANAGED']);
});

test('a job of several containers runs on what was deployed', async () => {
  const batch = new BatchClient(options());
  const { Job, managedQueueArn } = await outputs();
  const submitted = await batch.send(
    new SubmitJobCommand({ jobName: 'x', jobQueue: managedQueueArn, jobDefinition: Job, shareIdentifier: 'teamA' }),
  );
  await expect
    .poll(
      async () => {
        const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: [submitted.jobId ?? ''] }));
        return jobs[0].status;
      },
      { timeout: 20_000 },
    )
    .toBe('SUCCEEDED');
});

test('a second deployment changes all in place, and gives the job a revision', async () => {
  const before = await ids();
  await deploy({ maxvCpus: 8, licenses: 2, weightFactor: 2, sidecarImage: 'init:2' });
  const after = await ids();
  const changed = [...after].filter(([name, id]) => before.get(name) !== id);
  expect(changed.map(([name]) => name)).toEqual(['Task']);
  const batch = new BatchClient(options());
  expect(
    await batch.send(new DescribeConsumableResourceCommand({ consumableResource: after.get('License') })),
  ).toMatchObject({ totalQuantity: 2 });
  const arns = [after.get('Policy') ?? ''];
  expect(await batch.send(new DescribeSchedulingPoliciesCommand({ arns }))).toMatchObject({
    schedulingPolicies: [{ fairsharePolicy: { shareDistribution: [{ weightFactor: 2 }] } }],
  });
});

test('labels and tags are written as they were', async () => {
  const batch = new BatchClient(options());
  const [pod, managed] = [(await ids()).get('Pod') ?? '', (await ids()).get('Managed') ?? ''];
  expect(await batch.send(new DescribeJobDefinitionsCommand({ jobDefinitions: [pod] }))).toMatchObject({
    jobDefinitions: [{ eksProperties: { podProperties: { metadata: { labels: { App: 'x' } } } } }],
  });
  expect(await batch.send(new DescribeComputeEnvironmentsCommand({ computeEnvironments: [managed] }))).toMatchObject({
    computeEnvironments: [{ computeResources: { capacityTags: { CostCentre: 'x1' } } }],
  });
});

test('a destruction leaves nothing but the bucket that is to stay, and the logs that the job made', async () => {
  const { status, output } = await cli.run(['destroy', '--force'], surfaceStack(FIRST));
  expect(status, output).toBe(0);
  const left = Object.entries(await leftovers(options())).filter(([, names]) => names.length > 0);
  expect(left.map(([kind]) => kind)).toEqual(['buckets', 'logGroups']);
  const batch = new BatchClient(options());
  expect(await batch.send(new DescribeServiceEnvironmentsCommand({}))).toMatchObject({ serviceEnvironments: [] });
  expect(await batch.send(new DescribeSchedulingPoliciesCommand({ arns: [] }))).toMatchObject({
    schedulingPolicies: [],
  });
});
