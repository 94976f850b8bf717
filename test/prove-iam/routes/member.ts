import {
  CancelJobCommand,
  DescribeJobsCommand,
  GetJobQueueSnapshotCommand,
  ListJobsCommand,
  SubmitJobCommand,
  TagResourceCommand,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import {
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { PLATFORM_PARAMETERS } from '../../../lib/contracts/descriptor';
import type { Route, Visit } from '../subject';
import { succeeds } from './jobs';

const TEAM = 'research';
const TAG = `shared/${TEAM}`;

/** Submits the job of the team, as a member of it. */
const submit = async (visit: Visit, jobName: string) => {
  const { batch } = await visit.as('Member');
  const job = { jobName, jobQueue: visit.id('PlatformQueuesteams'), jobDefinition: visit.id('Checksum') };
  const { jobId = '', jobArn = '' } = await batch.send(
    new SubmitJobCommand({ ...job, shareIdentifier: TEAM, tags: { team: TAG } }),
  );
  return { jobId, jobArn, batch };
};

const works: Route = async (visit) => {
  const { jobId, batch } = await submit(visit, 'works');
  await succeeds(visit, jobId);
  const jobQueue = visit.id('PlatformQueuesteams');
  await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
  await batch.send(new ListJobsCommand({ jobQueue }));
  await batch.send(new GetJobQueueSnapshotCommand({ jobQueue }));
};

const stops: Route = async (visit) => {
  const reason = 'enough';
  const { batch, jobId, jobArn } = await submit(visit, 'stops');
  await batch.send(new TagResourceCommand({ resourceArn: jobArn, tags: { team: TAG } }));
  await batch.send(new CancelJobCommand({ jobId, reason }));
  await batch.send(new TerminateJobCommand({ jobId, reason }));
};

const reads: Route = async (visit) => {
  const { logs } = await visit.as('Member');
  const logGroupName = visit.id('PlatformTeamsresearchLogs');
  const { logStreams = [] } = await logs.send(new DescribeLogStreamsCommand({ logGroupName }));
  const logStreamName = logStreams.at(0)?.logStreamName;
  await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName }));
  await logs.send(new FilterLogEventsCommand({ logGroupName }));
};

/** Through the gateway, where the team has a quota: by the parameter that tells everybody how the team calls it. */
const callsAs =
  (role: string): Route =>
  async (visit) => {
    const Name = PLATFORM_PARAMETERS.teamGateway('shared', TEAM);
    const { Parameter } = await visit.clients.ssm.send(new GetParameterCommand({ Name }));
    const { lambda } = await visit.as(role);
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName: Parameter?.Value, Payload: JSON.stringify({ job: 'checksum' }) }),
    );
    const answer = Payload?.transformToString() ?? '';
    const jobId = /"jobId":"([^"]+)"/.exec(answer)?.[1];
    expect(jobId, answer).toBeDefined();
    await succeeds(visit, jobId ?? '');
  };

/** What a member of a team does. */
export const memberRoutes: Readonly<Record<string, Route>> = {
  'a member submits a job and looks after it': works,
  'a member stops a job': stops,
  'a member calls the gateway of the team': callsAs('Member'),
  'a member reads the log of the team': reads,
};

/** What somebody in the name of a team does who knows no more than the name of the platform. */
export const guestRoutes: Readonly<Record<string, Route>> = {
  'a guest calls the gateway of the team': callsAs('Guest'),
};
