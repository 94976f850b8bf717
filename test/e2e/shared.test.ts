import { BatchClient, DescribeComputeEnvironmentsCommand, DescribeJobsCommand } from '@aws-sdk/client-batch';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
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
