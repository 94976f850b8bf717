import {
  BatchClient,
  DescribeComputeEnvironmentsCommand,
  DescribeJobsCommand,
  ListJobsCommand,
  SubmitJobCommand,
  TagResourceCommand,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { deployStack, runCli } from '../../examples/flights/demo/cli';
import { clientOptions } from '../../examples/flights/demo/client';
import { startEndpointProcess, type RunningEndpoint } from '../../examples/flights/demo/endpoint';
import { PATHS } from '../../examples/flights/demo/paths';
import { clientEnvironment } from '../../local/environment';

/** Two stacks of two repositories: what the second knows of the first is its name. */
describe('a platform and an app that hangs on it', () => {
  let endpoint: RunningEndpoint;
  let outputs: Readonly<Record<string, unknown>>;
  const scratch = mkdtempSync(join(tmpdir(), 'shared-e2e-'));
  const never = new AbortController().signal;
  const environment = () => clientEnvironment(endpoint.url, process.env);
  const cdk = async (...args: string[]) => {
    const lines: string[] = [];
    const app = ['--app', `node "${PATHS.sharedApp}"`, '--output', join(scratch, 'cdk.out')];
    const status = await runCli([...args, ...app], environment(), never, (line) => lines.push(line));
    return { status, output: lines.join('\n') };
  };

  /** Submits the platform's job through its gateway, and waits for the end of it. */
  const checksum = async (): Promise<unknown> => {
    const { Payload } = await new LambdaClient(clientOptions(endpoint)).send(
      new InvokeCommand({ FunctionName: String(outputs.Function), Payload: JSON.stringify({ job: 'checksum' }) }),
    );
    const answer = Payload?.transformToString() ?? '';
    const jobId = /"jobId":"([^"]+)"/.exec(answer)?.[1];
    expect(jobId, answer).toBeDefined();
    return vi.waitFor(
      async () => {
        const { jobs } = await new BatchClient(clientOptions(endpoint)).send(
          new DescribeJobsCommand({ jobs: [jobId ?? ''] }),
        );
        expect(jobs?.at(0)?.status).toBe('SUCCEEDED');
        return jobs?.at(0)?.shareIdentifier;
      },
      { timeout: 60_000, interval: 200 },
    );
  };

  /** Lets an object start the pipeline of the app; the executions that have succeeded so far. */
  const count = async (key: string, expected: number): Promise<void> => {
    await new S3Client(clientOptions(endpoint)).send(
      new PutObjectCommand({ Bucket: String(outputs.Bucket), Key: `counts/${key}`, Body: 'one' }),
    );
    await vi.waitFor(
      async () => {
        const { executions = [] } = await new SFNClient(clientOptions(endpoint)).send(
          new ListExecutionsCommand({ stateMachineArn: String(outputs.StateMachine) }),
        );
        expect(executions.map(({ status }) => status)).toEqual(new Array(expected).fill('SUCCEEDED'));
      },
      { timeout: 60_000, interval: 200 },
    );
  };

  /** A parameter of the platform. */
  const valueOf = async (name: string): Promise<string | undefined> => {
    const Name = `/batch-platform/shared/${name}`;
    return (await new SSMClient(clientOptions(endpoint)).send(new GetParameterCommand({ Name }))).Parameter?.Value;
  };

  /** The share identifiers of all jobs that have succeeded, each with the team that their tags name. */
  const teamsOfJobs = async (): Promise<(readonly [string | undefined, string | undefined])[]> => {
    const batch = new BatchClient(clientOptions(endpoint));
    const jobQueue = await valueOf('queues/teams');
    const { jobSummaryList = [] } = await batch.send(new ListJobsCommand({ jobQueue, jobStatus: 'SUCCEEDED' }));
    const ids = jobSummaryList.flatMap(({ jobId = [] }) => jobId);
    const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: ids }));
    return jobs.map(({ shareIdentifier, tags }) => [shareIdentifier, tags?.team] as const);
  };

  /** What the stack of the platform tells. */
  const platformOutput = async (name: string): Promise<string> => {
    const { Stacks } = await new CloudFormationClient(clientOptions(endpoint)).send(
      new DescribeStacksCommand({ StackName: 'SharedPlatform' }),
    );
    return Stacks?.at(0)?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? '';
  };

  /** How clients call who have taken on a role: as a member of the team `research` of the platform, or of the app. */
  const optionsAs = async (RoleArn: string) => {
    const { Credentials } = await new STSClient(clientOptions(endpoint)).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'member' }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    return { ...clientOptions(endpoint), credentials };
  };
  const memberOptions = async () => optionsAs(await platformOutput('MemberRole'));
  const guestOptions = () => optionsAs(String(outputs.GuestRole));

  /** Calls the gateway as a member of the team `research`, by the alias of the team. */
  const askAsMember = async (request: object): Promise<string> => {
    const lambda = new LambdaClient(await memberOptions());
    const FunctionName = await platformOutput('ResearchFunction');
    const Payload = JSON.stringify({ job: 'checksum', ...request });
    return (await lambda.send(new InvokeCommand({ FunctionName, Payload }))).Payload?.transformToString() ?? '';
  };

  beforeAll(async () => {
    endpoint = await startEndpointProcess({});
  });

  afterAll(async () => {
    await endpoint.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('the app cannot be deployed before the platform is there', async () => {
    const { status, output } = await cdk('deploy', 'SharedApp', '--require-approval', 'never');
    expect(status).not.toBe(0);
    expect(output).toContain('/batch-platform/shared/');
  });

  test('the app finds queues, jobs, bucket, key and gateway by the name of the platform', async () => {
    const { status, output } = await cdk('deploy', 'SharedPlatform', '--require-approval', 'never');
    expect(status, output).toBe(0);
    outputs = await deployStack({ app: PATHS.sharedApp, stack: 'SharedApp', scratch }, environment(), never);
    expect(await checksum()).toBe('research');
    await count('a', 1);
  });

  test('the jobs of a pipeline have the tags of their teams', async () => {
    expect(await teamsOfJobs()).toEqual(
      expect.arrayContaining([
        ['film', 'shared/film'],
        ['research', 'shared/research'],
      ]),
    );
  });

  test('a member of a team submits and stops the jobs of the team, and no others', async () => {
    const administrator = new BatchClient(clientOptions(endpoint));
    const member = new BatchClient(await memberOptions());
    const job = {
      jobName: 'j',
      jobQueue: await valueOf('queues/teams'),
      jobDefinition: await valueOf('jobs/checksum'),
    };
    const mine = { ...job, shareIdentifier: 'research', tags: { team: 'shared/research' } };
    const others = { ...job, shareIdentifier: 'film', tags: { team: 'shared/film' } };
    const DENIED = { name: 'AccessDeniedException' };

    const { jobId: own } = await member.send(new SubmitJobCommand(mine));
    const { jobId: foreign, jobArn: resourceArn } = await administrator.send(new SubmitJobCommand(others));
    await member.send(new TerminateJobCommand({ jobId: own, reason: 'enough' }));
    await expect(member.send(new SubmitJobCommand(others))).rejects.toMatchObject(DENIED);
    await expect(member.send(new SubmitJobCommand({ ...mine, tags: {} }))).rejects.toMatchObject(DENIED);
    await expect(member.send(new SubmitJobCommand({ ...mine, tags: others.tags }))).rejects.toMatchObject(DENIED);
    await expect(member.send(new TerminateJobCommand({ jobId: foreign, reason: 'no' }))).rejects.toMatchObject(DENIED);
    await expect(member.send(new TagResourceCommand({ resourceArn, tags: mine.tags }))).rejects.toMatchObject(DENIED);
  });

  test('a member submits through the gateway in the name of the team, and stops what came of it', async () => {
    const member = new BatchClient(await memberOptions());
    const administrator = new BatchClient(clientOptions(endpoint));
    const answer = await askAsMember({ idempotencyKey: 'monday' });
    const jobId = /"jobId":"([^"]+)"/.exec(answer)?.[1] ?? '';
    const { jobs } = await administrator.send(new DescribeJobsCommand({ jobs: [jobId] }));
    expect(jobs, answer).toMatchObject([
      {
        shareIdentifier: 'research',
        tags: { team: 'shared/research', costCenter: '42' },
        propagateTags: true,
      },
    ]);
    await member.send(new TerminateJobCommand({ jobId, reason: 'enough' }));
    expect(await askAsMember({ idempotencyKey: 'monday' })).toContain('"duplicate":true');
    expect(await askAsMember({ shareIdentifier: 'film' })).toContain('InvalidRequest');
  });

  test('a role of the app calls the gateway in the name of the team, and in no other', async () => {
    const lambda = new LambdaClient(await guestOptions());
    const FunctionName = String(outputs.ResearchFunction);
    expect(FunctionName).toBe(await platformOutput('ResearchFunction'));
    const Payload = JSON.stringify({ job: 'checksum' });
    const answer = (await lambda.send(new InvokeCommand({ FunctionName, Payload }))).Payload?.transformToString() ?? '';
    const jobId = /"jobId":"([^"]+)"/.exec(answer)?.[1] ?? '';
    const batch = new BatchClient(clientOptions(endpoint));
    const { jobs } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
    const tags = { team: 'shared/research', costCenter: '42' };
    expect(jobs, answer).toMatchObject([{ shareIdentifier: 'research', tags }]);
    const whole = FunctionName.replace(/:research$/, '');
    for (const other of [whole, `${whole}:film`]) {
      await expect(lambda.send(new InvokeCommand({ FunctionName: other, Payload }))).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
    }
  });

  test('a member submits no more than the quota of the team, and in no other name', async () => {
    const items = { list: Array.from({ length: 17 }, (_, index) => index) };
    const answer = await askAsMember({ items });
    expect(answer).toContain('"count":17');
    expect(await askAsMember({ items: { list: [1, 2] } })).toMatch(
      /QuotaExceeded.*20 jobs each day, 19 are submitted and this request has 2: it counts anew at \d{4}-/,
    );
    expect(await askAsMember({})).toContain('"jobId"');
    const lambda = new LambdaClient(await memberOptions());
    const research = await platformOutput('ResearchFunction');
    const whole = research.replace(/:research$/, '');
    await expect(lambda.send(new InvokeCommand({ FunctionName: whole }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const nobody = new InvokeCommand({ FunctionName: `${whole}:film` });
    await expect(lambda.send(nobody)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('the platform changes while the app hangs on it', async () => {
    const { status, output } = await cdk(
      'deploy',
      'SharedPlatform',
      '--require-approval',
      'never',
      '-c',
      'maxvCpus=32',
    );
    expect(status, output).toBe(0);
    const { computeEnvironments = [] } = await new BatchClient(clientOptions(endpoint)).send(
      new DescribeComputeEnvironmentsCommand({}),
    );
    expect(new Set(computeEnvironments.map((one) => one.computeResources?.maxvCpus))).toEqual(new Set([32]));
    expect(await checksum()).toBe('research');
    await count('b', 2);
  });

  test('the app goes without a trace in the platform', async () => {
    const app = await cdk('destroy', 'SharedApp', '--force');
    expect(app.status, app.output).toBe(0);
    expect(await checksum()).toBe('research');
  });
});
