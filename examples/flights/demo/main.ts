import { BatchClient } from '@aws-sdk/client-batch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { clientEnvironment } from '../../../local/environment';
import { totalByHour } from '../shared/delay-by-hour';
import { chart } from './chart';
import { clientOptions } from './client';
import { deploy } from './deploy';
import { startEndpointProcess, type RunningEndpoint } from './endpoint';
import { Inbox } from './inbox';
import { IMAGE, PATHS } from './paths';
import { steps, table } from './report';
import { storedResult } from './results';
import { PARTS, readFlights, upload } from './upload';
import { attempts, watch } from './watch';

const CHILD_THAT_FAILS_ONCE = 42;
/** What shells report for a program that Ctrl-C ended. */
const INTERRUPTED = 130;

const say = (line: string): void => {
  console.log(line);
};

/** Seconds since the last call. */
function stopwatch(): () => string {
  let last = Date.now();
  return () => {
    const now = Date.now();
    const passed = ((now - last) / 1000).toFixed(1);
    last = now;
    return `${passed} s`;
  };
}

/** Everything between a running endpoint and the comparison; true when the results are right. */
async function run(endpoint: RunningEndpoint, scratch: string, signal: AbortSignal): Promise<boolean> {
  const lap = stopwatch();
  say(`\n1. cdk deploy (the unmodified CDK CLI, the template that AWS would get)`);
  const outputs = await deploy(clientEnvironment(endpoint.url, process.env), scratch, signal);
  say(`   deployed in ${lap()}`);

  const client = clientOptions(endpoint);
  const [s3, sfn, batch] = [new S3Client(client), new SFNClient(client), new BatchClient(client)];
  const inbox = await Inbox.subscribe(new SQSClient(client), new SNSClient(client), outputs.Topic);

  const flights = readFlights();
  say(`\n2. upload ${flights.length} flights as ${PARTS} parts and a manifest`);
  await upload(s3, outputs.Bucket, flights);
  say(`   uploaded in ${lap()}`);

  say('\n3. the upload starts the pipeline: S3 → EventBridge → Step Functions → Lambda → Batch → DynamoDB → SNS');
  const execution = await watch(sfn, batch, outputs.StateMachine);
  say(`   ${execution.status} in ${lap()}`);
  say(steps(execution.history));
  if (execution.status !== 'SUCCEEDED' || execution.arrayJobId === undefined) {
    say(`   ${execution.cause ?? 'no array job was submitted'}`);
    return false;
  }
  const tries = await attempts(batch, execution.arrayJobId, CHILD_THAT_FAILS_ONCE);
  say(`   child ${CHILD_THAT_FAILS_ONCE} of ${PARTS} took ${tries} attempts: it fails the first one on purpose`);

  say('\n4. the result, from DynamoDB');
  const totals = await storedResult(new DynamoDBClient(client), outputs.Results);
  say(table(totals));
  const notification = await inbox.next();
  say(`\n   notification from SNS: ${notification?.status ?? 'none'}, ${notification?.resultFileUri ?? ''}`);

  mkdirSync(dirname(PATHS.picture), { recursive: true });
  writeFileSync(PATHS.picture, chart(totals));
  say(`   picture: ${relative(process.cwd(), PATHS.picture)}`);

  const equal = isDeepStrictEqual(totals, totalByHour(flights));
  say(`\n5. compared with one process over all ${flights.length} flights: ${equal ? 'equal' : 'DIFFERENT'}`);
  return equal && tries === 2 && notification !== undefined;
}

/** Runs the demo; whatever ends it, the endpoint, its processes and its folder go with it. */
async function main(): Promise<number> {
  // The demo runs on Node.js 20 as well; that the SDK will drop it one day is no news for who reads this output.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const lap = stopwatch();
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => {
      interrupted.abort();
    });
  }
  const scratch = mkdtempSync(join(tmpdir(), 'flights-demo-'));
  const endpoint = await startEndpointProcess({ [IMAGE]: PATHS.jobs });
  try {
    say(`local AWS endpoint at ${endpoint.url}: no account, no Docker; jobs run as processes of this machine`);
    const right = await Promise.race([run(endpoint, scratch, interrupted.signal), untilAborted(interrupted.signal)]);
    say(`\n${right ? 'done' : 'FAILED'} in ${lap()}`);
    return right ? 0 : 1;
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    say('\ninterrupted: stopping and removing everything');
    return INTERRUPTED;
  } finally {
    await endpoint.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, failed) => {
    signal.addEventListener('abort', () => {
      failed(new Error('interrupted'));
    });
  });
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
