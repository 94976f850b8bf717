import { App, Stack, Stage, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { Ec2ComputeEnvironment, FairShareSchedulingPolicy, InstanceSelection } from '../../lib';
import { readCompute, readDescriptor } from '../../lib/contracts/read-descriptor';
import { written } from '../support/policies';
import { jobOn, parametersOf, platformIn } from '../support/platforms';
import { importedVpc, newStack } from '../support/stack';
import { warningsOf } from '../support/warnings';

const containing = (text: string): unknown => expect.stringContaining(text);
const env = { account: '111122223333', region: 'us-east-1' };

describe('the parameters of a platform', () => {
  const stack = newStack({ env });
  const platform = platformIn(stack, { platformName: 'prod' });
  const schedulingPolicy = new FairShareSchedulingPolicy(stack, 'Fair');
  platform.addQueue('fair', { computeEnvironments: [platform.spot], schedulingPolicy });
  platform.addTeam('film');
  platform.addJob('render', jobOn(stack, 'Render', platform.queue('bulk')));
  platform.addTeam('research', { shareIdentifier: 'r', tags: { costCenter: '42' }, queues: [platform.queue('fair')] });
  const values = parametersOf(stack);

  test('are one for each attribute', () => {
    expect(Object.keys(values).sort()).toEqual([
      '/batch-platform/prod',
      '/batch-platform/prod/bucket',
      '/batch-platform/prod/gateway',
      '/batch-platform/prod/jobs/render',
      '/batch-platform/prod/jobs/render/role',
      '/batch-platform/prod/key',
      '/batch-platform/prod/queues/bulk',
      '/batch-platform/prod/queues/bulk/compute',
      '/batch-platform/prod/queues/fair',
      '/batch-platform/prod/queues/fair/compute',
      '/batch-platform/prod/queues/fair/scheduling-policy',
      '/batch-platform/prod/queues/fargate',
      '/batch-platform/prod/queues/fargate/compute',
      '/batch-platform/prod/queues/standard',
      '/batch-platform/prod/queues/standard/compute',
      '/batch-platform/prod/queues/teams',
      '/batch-platform/prod/queues/teams/compute',
      '/batch-platform/prod/queues/teams/scheduling-policy',
      '/batch-platform/prod/queues/urgent',
      '/batch-platform/prod/queues/urgent/compute',
      '/batch-platform/prod/teams/film/gateway',
      '/batch-platform/prod/teams/film/log-group',
      '/batch-platform/prod/teams/film/share-identifier',
      '/batch-platform/prod/teams/research/gateway',
      '/batch-platform/prod/teams/research/log-group',
      '/batch-platform/prod/teams/research/share-identifier',
    ]);
    expect(written(values['/batch-platform/prod/jobs/render/role'])).toMatch(/^\$\{RenderJobRole/);
    expect(written(values['/batch-platform/prod/gateway'])).toMatch(/^\$\{PlatformGatewayFunction\w+\.Arn\}$/);
    expect(written(values['/batch-platform/prod/teams/film/gateway'])).toMatch(
      /^\$\{PlatformGateway\w*film\w*Alias\w+\}$/,
    );
    expect(written(values['/batch-platform/prod/teams/film/log-group'])).toMatch(/^\$\{PlatformTeamsfilmLogs\w+\}$/);
    expect(values['/batch-platform/prod/teams/research/share-identifier']).toBe('r');
  });

  test('hold a descriptor with all that is known before the deployment', () => {
    const descriptor = readDescriptor(written(values['/batch-platform/prod']));
    expect(descriptor).toMatchObject({ schemaVersion: 1, name: 'prod', region: 'us-east-1' });
    expect(descriptor.jobs).toEqual({ render: { queue: 'bulk', kind: 'CONTAINER', role: true } });
    expect(Object.keys(descriptor.queues)).toEqual(['urgent', 'standard', 'bulk', 'fargate', 'fair', 'teams']);
    expect(descriptor.teams).toEqual({
      film: { shareIdentifier: 'film', tags: { team: 'prod/film' }, queues: ['teams'] },
      research: { shareIdentifier: 'r', tags: { costCenter: '42', team: 'prod/research' }, queues: ['fair'] },
    });
    expect(descriptor.queues.bulk).toEqual({ platformCapability: 'EC2' });
    expect(descriptor.queues.fair).toEqual({ platformCapability: 'EC2', shared: true });
    expect(written(values['/batch-platform/prod/queues/fair/scheduling-policy'])).toMatch(/^\$\{Fair/);
  });

  test('say what jobs of a queue can get', () => {
    const compute = readCompute(written(values['/batch-platform/prod/queues/bulk/compute']));
    expect(compute).toEqual([
      {
        name: 'Stack/Platform/Spot',
        arn: containing('.ComputeEnvironmentArn}'),
        architecture: 'x86_64',
        maxvCpus: 256,
        instanceTypes: ['default_x86_64'],
        spot: true,
      },
    ]);
  });

  test('say nothing of instance types that have no end', () => {
    const types = Array.from({ length: 600 }, (_, index) => `c7i.${index}xlarge`);
    const stack = newStack();
    const platform = platformIn(stack, { platformName: 'prod', queues: {} });
    const instances = InstanceSelection.named(...types);
    const huge = new Ec2ComputeEnvironment(stack, 'Huge', { vpc: platform.vpc, instances });
    platform.addQueue('huge', { computeEnvironments: [huge] });
    const compute = readCompute(written(parametersOf(stack)['/batch-platform/prod/queues/huge/compute']));
    expect(compute).toMatchObject([{ name: 'Stack/Huge', maxvCpus: 256, instanceTypes: undefined }]);
  });

  test('export nothing', () => {
    const outputs = Object.values(Template.fromStack(stack).findOutputs('*'));
    expect(outputs.filter((output) => 'Export' in output)).toEqual([]);
  });
});

describe('the name of a platform', () => {
  test.each([
    ['name of the stack and id', newStack(), 'Stack-Platform'],
    ['names of stage and stack as well', new Stack(new Stage(new App(), 'Prod'), 'Jobs'), 'Prod-Jobs-Platform'],
  ])('is by default made of %s', (_, stack, name) => {
    expect(platformIn(stack).platformName).toBe(name);
    expect(Object.keys(parametersOf(stack))).toContain(`/batch-platform/${name}/bucket`);
  });

  test('is cut when it would be too long, and still its own', () => {
    const stack = newStack();
    const ids = ['a', 'b'].map((end) => 'x'.repeat(130) + end);
    const vpc = importedVpc(stack);
    const [one, other] = ids.map((id) => platformIn(stack, { vpc, queues: {} }, id));
    expect(one.platformName).toMatch(/^Stack-x{110,}-[0-9a-f]{8}$/);
    expect(one.platformName).toHaveLength(128);
    expect(other.platformName).not.toBe(one.platformName);
  });

  test('differs for two platforms of one stack', () => {
    const stack = newStack();
    const vpc = importedVpc(stack);
    const names = ['One', 'Two'].map((id) => platformIn(stack, { vpc }, id).platformName);
    expect(names).toEqual(['Stack-One', 'Stack-Two']);
  });

  test.each(['my platform', '', 'a/b', '-a', 'x'.repeat(129)])('fails as %j', (platformName) => {
    expect(() => platformIn(newStack(), { platformName })).toThrow(
      /the name of a platform must be up to 128 letters.*\[cdk-batch-platform:platform-name\]/,
    );
  });

  test('fails when another platform of the account and Region has it', () => {
    const app = new App();
    platformIn(new Stack(app, 'Stack', { env }), { platformName: 'prod' });
    const other = new Stack(app, 'Other', { env });
    expect(() => platformIn(other, { platformName: 'prod' })).toThrow(
      `the platform Stack/Platform has the name 'prod' already, and an account has one parameter /batch-platform/prod ` +
        `in a Region: give another 'platformName' (in Other/Platform) [cdk-batch-platform:platform-name-taken]`,
    );
    const elsewhere = new Stack(app, 'Elsewhere', { env: { ...env, region: 'eu-west-1' } });
    expect(platformIn(elsewhere, { platformName: 'prod' }).platformName).toBe('prod');
    expect(warningsOf(app)).toEqual([]);
  });

  test.each([
    ['both have no environment', undefined, undefined],
    ['one has none', env, undefined],
    ['one has no account', env, { region: env.region }],
  ])('warns when another platform may be deployed to the same place, as %s', (_, one, other) => {
    const app = new App();
    platformIn(new Stack(new Stage(app, 'Dev'), 'Stack', { env: one }), { platformName: 'prod' });
    platformIn(new Stack(new Stage(app, 'Prod'), 'Stack', { env: other }), { platformName: 'prod' });
    expect(warningsOf(app)).toEqual([
      `the platform Dev/Stack/Platform has the name 'prod' already, and an account has one parameter ` +
        `/batch-platform/prod in a Region: in the same account and Region, the second deployment fails, as the ` +
        `parameter exists; give the stacks an 'env' each, or the platform another 'platformName' ` +
        `[ack: cdk-batch-platform:platform-name-environment]`,
    ]);
  });

  test.each([
    ['stages have different accounts', { env }, { env: { ...env, account: '444455556666' } }],
    ['Regions differ', { env: { region: 'us-east-1' } }, { env: { region: 'eu-west-1' } }],
  ])('may be the same where %s', (_, one, other) => {
    const app = new App();
    platformIn(new Stack(new Stage(app, 'Dev', one), 'Stack'), { platformName: 'prod' });
    platformIn(new Stack(new Stage(app, 'Prod', other), 'Stack'), { platformName: 'prod' });
    expect(warningsOf(app)).toEqual([]);
  });

  test('passes when it is known at deploy time only', () => {
    const app = new App();
    const stacks = ['One', 'Two'].map((id) => new Stack(app, id));
    for (const stack of stacks) {
      const platformName = Token.asString({ Ref: 'AWS::StackName' });
      platformIn(stack, { platformName });
    }
    expect(warningsOf(app)).toEqual([]);
  });
});

describe('the descriptor', () => {
  const withJobs = (count: number) => {
    const stack = newStack();
    const platform = platformIn(stack, { queues: {} });
    const queue = platform.addQueue('q', {
      computeEnvironments: [new Ec2ComputeEnvironment(stack, 'Compute', { vpc: platform.vpc })],
    });
    const job = jobOn(stack, 'Job', queue);
    for (let index = 0; index < count; index += 1) platform.addJob(`a-job-with-the-number-${index}`, job);
    return stack;
  };

  test('holds dozens of jobs', () => {
    expect(() => Template.fromStack(withJobs(15))).not.toThrow();
  });

  test('fails with more teams than a parameter holds', () => {
    const stack = newStack();
    const platform = platformIn(stack);
    for (let index = 0; index < 50; index += 1) platform.addTeam(`a-team-with-the-number-${index}`);
    expect(() => Template.fromStack(stack)).toThrow(
      /with 5 queues, 0 jobs and 50 teams, .*\[cdk-batch-platform:platform-descriptor-size\]/,
    );
  });

  test('fails when it is too large for a parameter', () => {
    expect(() => Template.fromStack(withJobs(50))).toThrow(
      /with 1 queues, 50 jobs and 0 teams, and a parameter takes 4096: spread .*\[cdk-batch-platform:platform-descriptor-size\]/,
    );
  });
});
