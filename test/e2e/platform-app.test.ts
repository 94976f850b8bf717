import { DescribeComputeEnvironmentsCommand, BatchClient } from '@aws-sdk/client-batch';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOptions } from '../../examples/flights/demo/client';
import { runCli } from '../../examples/flights/demo/cli';
import { startEndpointProcess, type RunningEndpoint } from '../../examples/flights/demo/endpoint';
import { PATHS } from '../../examples/flights/demo/paths';
import { clientEnvironment } from '../../local/environment';
import { leftovers } from './support/account';

/** What a platform team gets: the app of its repo, deployed as it stands. */
describe('bin/app.ts', () => {
  let endpoint: RunningEndpoint;
  const scratch = mkdtempSync(join(tmpdir(), 'platform-e2e-'));
  const assembly = join(scratch, 'cdk.out');
  const cdk = async (...args: string[]) => {
    const lines: string[] = [];
    const environment = clientEnvironment(endpoint.url, process.env);
    const status = await runCli(args, environment, new AbortController().signal, (line) => lines.push(line));
    return { status, output: lines.join('\n') };
  };

  beforeAll(async () => {
    endpoint = await startEndpointProcess({});
  });

  afterAll(async () => {
    await endpoint.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('deploys a platform for each stage with the unmodified CDK CLI', async () => {
    const app = `node "${PATHS.platformApp}"`;
    const { status, output } = await cdk(
      'deploy',
      '--all',
      '--app',
      app,
      '--output',
      assembly,
      '--require-approval',
      'never',
    );
    expect(status, output).toBe(0);
    const { computeEnvironments } = await new BatchClient(clientOptions(endpoint)).send(
      new DescribeComputeEnvironmentsCommand({}),
    );
    const types = computeEnvironments?.map((one) => one.computeResources?.type).sort();
    expect(types).toEqual(['EC2', 'EC2', 'FARGATE', 'FARGATE', 'SPOT', 'SPOT']);
  });

  test('leaves a report of the built-in validator without findings', () => {
    const report: unknown = JSON.parse(readFileSync(join(assembly, 'validation-report.json'), 'utf8'));
    expect(report).toMatchObject({ pluginReports: [] });
  });

  test('is destroyed, except for the data of production', async () => {
    const { status, output } = await cdk('destroy', '--all', '--app', assembly, '--force');
    expect(status, output).toBe(0);
    const { Stacks = [] } = await new CloudFormationClient(clientOptions(endpoint)).send(new DescribeStacksCommand({}));
    expect(Stacks).toEqual([]);
    const left = Object.entries(await leftovers(clientOptions(endpoint))).filter(([, names]) => names.length > 0);
    expect(left.map(([kind, names]) => [kind, names.length])).toEqual([
      ['tables', 1],
      ['buckets', 1],
    ]);
  });
});
