import { BatchClient, DescribeJobDefinitionsCommand } from '@aws-sdk/client-batch';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../examples/flights/demo/cli';
import { clientOptions } from '../../examples/flights/demo/client';
import { startEndpointProcess, type RunningEndpoint } from '../../examples/flights/demo/endpoint';
import { PATHS } from '../../examples/flights/demo/paths';
import { clientEnvironment } from '../../local/environment';

/** The widest app that the CDK can express: every kind of compute, queue, job and submission. */
describe('examples/showcase', () => {
  let endpoint: RunningEndpoint;
  const scratch = mkdtempSync(join(tmpdir(), 'showcase-e2e-'));
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

  test('deploys with the unmodified CDK CLI', async () => {
    const app = `node "${PATHS.showcaseApp}"`;
    const { status, output } = await cdk('deploy', '--app', app, '--output', assembly, '--require-approval', 'never');
    expect(status, output).toBe(0);
    const { jobDefinitions = [] } = await new BatchClient(clientOptions(endpoint)).send(
      new DescribeJobDefinitionsCommand({ status: 'ACTIVE' }),
    );
    expect(jobDefinitions.filter(({ type }) => type === 'multinode')).toHaveLength(1);
    expect(jobDefinitions.filter(({ eksProperties }) => eksProperties !== undefined)).toHaveLength(1);
    expect(jobDefinitions.filter(({ ecsProperties }) => ecsProperties !== undefined)).toHaveLength(1);
  });

  test('a second deployment finds nothing to change', async () => {
    const { status, output } = await cdk('deploy', '--app', assembly, '--require-approval', 'never');
    expect(status, output).toBe(0);
    expect(output).toContain('(no changes)');
  });

  test('is destroyed', async () => {
    const { status, output } = await cdk('destroy', '--app', assembly, '--force');
    expect(status, output).toBe(0);
  });
});
