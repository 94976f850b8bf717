import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Route, Visit } from '../subject';
import { isStopped, runs } from './executions';
import { gatewayRoutes } from './gateway';
import { deregister, oneMoreSucceeds, submit, succeeds } from './jobs';
import { holdsMessages } from './messages';
import { pipelineRoutes } from './pipeline';

const SERVERLESS = 'PlatformQueuesserverless';
const HALF_HOUR_MS = 1800 * 1000;
const DAY_MS = 48 * HALF_HOUR_MS;

const nothing = () => Promise.resolve();

const flow = {
  id: 'Flow',
  start: ({ clients, id }: Visit) =>
    clients.sfn.send(new StartExecutionCommand({ stateMachineArn: id('Flow'), input: '{"sample":"s1"}' })),
  computeEnvironments: ['Graviton'],
  stepMs: 30_000,
};

const uploadImages = async ({ clients, id }: Visit): Promise<void> => {
  const Bucket = id('PlatformData');
  const manifest = { Bucket, Key: 'images/manifest.jsonl', Body: '"one"\n"two"\n' };
  await clients.s3.send(new PutObjectCommand(manifest));
};

const tell = ({ clients }: Visit) => {
  const Detail = JSON.stringify({ key: 'pictures/1' });
  const event = { Source: 'shop', DetailType: 'Picture uploaded', Detail };
  return clients.events.send(new PutEventsCommand({ Entries: [event] }));
};

const order = ({ clients, id }: Visit) =>
  clients.sqs.send(new SendMessageCommand({ QueueUrl: id('Orders'), MessageBody: '{"key":"pictures/2"}' }));

/** What nobody submits by itself. */
const otherJobs: Route = async (visit) => {
  await succeeds(visit, await submit(visit, 'Train', 'PlatformQueuesgpu'));
  await succeeds(visit, await submit(visit, 'Simulate', 'PlatformQueuesmanaged'));
};

/** Events and schedules whose job cannot be submitted are kept. */
const keepsWhatCannotBeSubmitted: Route = async (visit) => {
  await deregister(visit, 'Resize');
  await tell(visit);
  await holdsMessages(visit, 'UploadedSubmitJobTarget0DeadLetters');
  await holdsMessages(visit, 'NightlySubmitJobDeadLetters', () => visit.advance(DAY_MS));
};

/** All ways to submit a job; the last one ends them. */
export const showcaseRoutes: Readonly<Record<string, Route>> = {
  'jobs that people submit': otherJobs,
  'a state machine from its start to its end': runs(flow),
  'a state machine that is stopped': isStopped(flow),
  'an event becomes a job': (visit) => oneMoreSucceeds(visit, SERVERLESS, () => tell(visit)),
  'a message becomes a job': (visit) => oneMoreSucceeds(visit, SERVERLESS, () => order(visit)),
  'a schedule becomes a job': (visit) => oneMoreSucceeds(visit, SERVERLESS, nothing, () => visit.advance(HALF_HOUR_MS)),
  ...gatewayRoutes({ id: 'Gateway', job: 'resize', queue: 'serverless' }),
  ...pipelineRoutes({ id: 'Images', start: uploadImages, computeEnvironments: ['FargateSpot', 'PlatformFargate'] }),
  'what cannot be submitted': keepsWhatCannotBeSubmitted,
};
