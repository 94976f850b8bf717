import { BatchClient, DescribeJobDefinitionsCommand, DescribeJobQueuesCommand } from '@aws-sdk/client-batch';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientOptions } from '../examples/flights/demo/client';
import { runCli } from '../examples/flights/demo/cli';
import { deploy } from '../examples/flights/demo/deploy';
import { startEndpointProcess } from '../examples/flights/demo/endpoint';
import { IMAGE, PATHS } from '../examples/flights/demo/paths';
import { PARTS, partKeys, readFlights, upload } from '../examples/flights/demo/upload';
import { watch } from '../examples/flights/demo/watch';
import { hostVariables } from '../local/core/process-environment';
import { clientEnvironment } from '../local/environment';
import { arrayJob, bareLoop, prepare } from './array';
import { endpointFigures } from './endpoint';
import { residentMiB } from './memory';
import { round } from './round';
import { synthesisFigures } from './synthesis';

/** Measures what the project claims of itself; the last line is one JSON object. */
async function main(): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const synthesis = synthesisFigures();
  const own = await endpointFigures();
  const scratch = mkdtempSync(join(tmpdir(), 'batch-platform-bench-'));
  const endpoint = await startEndpointProcess({ [IMAGE]: PATHS.jobs });
  const environment = clientEnvironment(endpoint.url, process.env);
  // What the endpoint lets a job see: a variable more, and Node.js may take half as long again to start.
  const variables = { ...hostVariables(), ...endpoint.environment };
  try {
    const start = performance.now();
    const outputs = await deploy(environment, scratch, new AbortController().signal);
    const deploySeconds = (performance.now() - start) / 1000;
    const synthStart = performance.now();
    await runCli(
      ['synth', '--quiet', '--app', `node "${PATHS.app}"`, '--output', join(scratch, 'synth')],
      environment,
      new AbortController().signal,
      () => undefined,
    );
    const synthSeconds = (performance.now() - synthStart) / 1000;

    const client = clientOptions(endpoint);
    const [s3, batch, sfn] = [new S3Client(client), new BatchClient(client), new SFNClient(client)];
    await upload(s3, outputs.Bucket, readFlights());
    await watch(sfn, batch, outputs.StateMachine);

    const { jobQueues = [] } = await batch.send(new DescribeJobQueuesCommand({}));
    const { jobDefinitions = [] } = await batch.send(new DescribeJobDefinitionsCommand({ status: 'ACTIVE' }));
    const definition = jobDefinitions.find((one) => one.containerProperties?.command?.includes('delays.js'));
    const queue = jobQueues.find((one) => one.jobQueueName?.includes('standard'));
    if (queue?.jobQueueArn === undefined || definition?.jobDefinitionArn === undefined) {
      throw new Error('the flights example has no queue or job definition to measure with');
    }

    // Half of the bare loop runs before the array and half after it, so that a drifting machine meets both sides.
    const work = await prepare(s3, outputs.Bucket, partKeys());
    const before = await bareLoop(variables, work, PARTS / 2);
    const array = await arrayJob(batch, queue.jobQueueArn, definition.jobDefinitionArn, work);
    const bare = before + (await bareLoop(variables, work, PARTS / 2));

    const figures = {
      array_overhead_ratio: round(array / bare),
      array_s: round(array),
      bare_s: round(bare),
      deploy_s: round(deploySeconds),
      deploy_ratio: round(deploySeconds / synthSeconds),
      endpoint_rss_mib: residentMiB(endpoint.pid),
      ...own,
      ...synthesis,
    };
    console.log(JSON.stringify(figures));
  } finally {
    await endpoint.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
