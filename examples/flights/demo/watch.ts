import { DescribeJobsCommand, type BatchClient } from '@aws-sdk/client-batch';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type HistoryEvent,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { setTimeout as sleep } from 'node:timers/promises';
import { Progress } from './progress';

const POLL_MS = 250;
const GIVE_UP_MS = 120_000;

export interface Execution {
  readonly arn: string;
  readonly status: string;
  readonly cause?: string;
  readonly history: readonly HistoryEvent[];
  /** The array job that the execution submitted. */
  readonly arrayJobId?: string;
}

/** Follows the one execution that the upload started until it ends. */
export async function watch(sfn: SFNClient, batch: BatchClient, stateMachineArn: string): Promise<Execution> {
  const arn = await firstExecution(sfn, stateMachineArn);
  const progress = new Progress('children');
  let arrayJobId: string | undefined;
  const giveUpAt = Date.now() + GIVE_UP_MS;
  for (;;) {
    const { status = 'RUNNING', error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn: arn }));
    arrayJobId ??= submittedJob(await history(sfn, arn));
    if (arrayJobId !== undefined) await showChildren(batch, arrayJobId, progress);
    if (status !== 'RUNNING') {
      progress.end();
      const reason = error === undefined ? undefined : `${error}: ${cause ?? ''}`;
      return { arn, status, cause: reason, history: await history(sfn, arn), arrayJobId };
    }
    if (Date.now() > giveUpAt) throw new Error(`the execution is still running after ${GIVE_UP_MS / 1000} s: ${arn}`);
    await sleep(POLL_MS);
  }
}

async function firstExecution(sfn: SFNClient, stateMachineArn: string): Promise<string> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  while (Date.now() < giveUpAt) {
    const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    const arn = executions?.at(0)?.executionArn;
    if (arn !== undefined) return arn;
    await sleep(POLL_MS);
  }
  throw new Error('the uploaded manifest started no execution');
}

async function history(sfn: SFNClient, executionArn: string): Promise<readonly HistoryEvent[]> {
  const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
  return events;
}

/** Step Functions reports the answer of SubmitJob when it starts to wait for the job. */
function submittedJob(events: readonly HistoryEvent[]): string | undefined {
  const output = events.find((event) => event.type === 'TaskSubmitted')?.taskSubmittedEventDetails?.output;
  if (output === undefined) return undefined;
  const answer: unknown = JSON.parse(output);
  if (typeof answer !== 'object' || answer === null || !('JobId' in answer)) return undefined;
  return String(answer.JobId);
}

async function showChildren(batch: BatchClient, jobId: string, progress: Progress): Promise<void> {
  const { jobs } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
  const array = jobs?.at(0)?.arrayProperties;
  if (array?.size === undefined) return;
  const counts = new Map(Object.entries(array.statusSummary ?? {}));
  const count = (status: string): number => counts.get(status) ?? 0;
  // Failed children are done as well: a bar that counts successes only would seem to hang.
  progress.update(count('SUCCEEDED') + count('FAILED'), array.size, `done, ${count('RUNNING')} running`);
}

/** How often a child of the array job was tried. */
export async function attempts(batch: BatchClient, arrayJobId: string, index: number): Promise<number> {
  const { jobs } = await batch.send(new DescribeJobsCommand({ jobs: [`${arrayJobId}:${index}`] }));
  return jobs?.at(0)?.attempts?.length ?? 0;
}
