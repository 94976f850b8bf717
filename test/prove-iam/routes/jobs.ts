import {
  DeregisterJobDefinitionCommand,
  DescribeJobsCommand,
  ListJobsCommand,
  SubmitJobCommand,
  UpdateComputeEnvironmentCommand,
} from '@aws-sdk/client-batch';
import type { Visit } from '../subject';

/** Waits for a job to succeed. */
export const succeeds = (visit: Visit, jobId: string): Promise<void> =>
  visit.eventually(async () => {
    const { jobs = [] } = await visit.clients.batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
    const { status, statusReason } = jobs.at(0) ?? {};
    if (status !== 'SUCCEEDED') throw new Error(`the job is ${String(status)}: ${statusReason ?? ''}`);
  });

/** Ids of all jobs of a queue, by the beginning of its logical id. */
const jobsOf = async (visit: Visit, queue: string): Promise<readonly string[]> => {
  const filters = [{ name: 'AFTER_CREATED_AT', values: ['0'] }];
  const list = await visit.clients.batch.send(new ListJobsCommand({ jobQueue: visit.id(queue), filters }));
  return (list.jobSummaryList ?? []).map(({ jobId = '' }) => jobId);
};

/** Waits until a queue has one more job than before, and until that has succeeded; `meanwhile` runs between two looks for it. */
export const oneMoreSucceeds = async (
  visit: Visit,
  queue: string,
  submit: () => Promise<unknown>,
  meanwhile?: () => Promise<void>,
): Promise<void> => {
  const before = new Set(await jobsOf(visit, queue));
  await submit();
  const jobId = await visit.eventually(async () => {
    const found = (await jobsOf(visit, queue)).find((id) => !before.has(id));
    if (found !== undefined) return found;
    await meanwhile?.();
    throw new Error(`there is no new job in ${queue}`);
  });
  await succeeds(visit, jobId);
};

/** Submits a job by the beginnings of the logical ids of its definition and its queue. */
export const submit = async (visit: Visit, jobDefinition: string, jobQueue: string): Promise<string> => {
  const { jobId = '' } = await visit.clients.batch.send(
    new SubmitJobCommand({ jobName: 'prove', jobDefinition: visit.id(jobDefinition), jobQueue: visit.id(jobQueue) }),
  );
  return jobId;
};

/** Says whether compute environments, by the beginnings of their logical ids, take jobs. */
export const setState = async (
  visit: Visit,
  environments: readonly string[],
  state: 'ENABLED' | 'DISABLED',
): Promise<void> => {
  for (const start of environments) {
    await visit.clients.batch.send(new UpdateComputeEnvironmentCommand({ computeEnvironment: visit.id(start), state }));
  }
};

/** From here on, nobody can submit a job of this definition. */
export const deregister = (visit: Visit, jobDefinition: string): Promise<unknown> =>
  visit.clients.batch.send(new DeregisterJobDefinitionCommand({ jobDefinition: visit.id(jobDefinition) }));
