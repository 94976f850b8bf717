import {
  type ComputeResource,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DeleteComputeEnvironmentCommand,
  DeleteJobQueueCommand,
  DescribeComputeEnvironmentsCommand,
  DescribeJobQueuesCommand,
  DescribeJobsCommand,
  type JobDetail,
  RegisterJobDefinitionCommand,
  type RegisterJobDefinitionCommandInput,
  SubmitJobCommand,
  type SubmitJobCommandInput,
  UpdateComputeEnvironmentCommand,
  UpdateJobQueueCommand,
} from '@aws-sdk/client-batch';
import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect } from 'vitest';
import type { Target } from './target';

/** An image with a shell. */
const IMAGE = 'public.ecr.aws/docker/library/busybox:stable';

/** A new compute environment, disabled and deleted after the row. */
export const environmentOf = async (
  { clients: { batch }, name, places, cleanup, eventually }: Target,
  resources: Partial<ComputeResource> = {},
): Promise<string> => {
  const computeEnvironment = name('ce');
  const { subnets, securityGroupIds, instanceRole } = places();
  await batch.send(
    new CreateComputeEnvironmentCommand({
      ...{ computeEnvironmentName: computeEnvironment, type: 'MANAGED' },
      computeResources: {
        ...{ type: 'EC2', minvCpus: 0, maxvCpus: 4, instanceTypes: ['default_x86_64'] },
        ...{ subnets: [...subnets], securityGroupIds: [...securityGroupIds], instanceRole },
        ...resources,
      },
    }),
  );
  cleanup(async () => {
    await batch.send(new UpdateComputeEnvironmentCommand({ computeEnvironment, state: 'DISABLED' }));
    await eventually(() => batch.send(new DeleteComputeEnvironmentCommand({ computeEnvironment })));
  });
  await eventually(async () => {
    const command = new DescribeComputeEnvironmentsCommand({ computeEnvironments: [computeEnvironment] });
    expect((await batch.send(command)).computeEnvironments?.at(0)?.status).toBe('VALID');
  });
  return computeEnvironment;
};

/** A job queue on compute environments, disabled and deleted after the row. */
export const queueOf = async (
  { clients: { batch }, name, cleanup, eventually }: Target,
  environments: readonly string[],
  more: { readonly priority?: number; readonly schedulingPolicyArn?: string } = {},
): Promise<string> => {
  const jobQueue = name('queue');
  const computeEnvironmentOrder = environments.map((computeEnvironment, order) => ({ order, computeEnvironment }));
  await batch.send(
    new CreateJobQueueCommand({ jobQueueName: jobQueue, priority: 1, ...more, computeEnvironmentOrder }),
  );
  const status = async () => {
    const { jobQueues = [] } = await batch.send(new DescribeJobQueuesCommand({ jobQueues: [jobQueue] }));
    return jobQueues.at(0)?.status;
  };
  cleanup(async () => {
    await batch.send(new UpdateJobQueueCommand({ jobQueue, state: 'DISABLED' }));
    await eventually(() => batch.send(new DeleteJobQueueCommand({ jobQueue })));
    await eventually(async () => {
      expect([undefined, 'DELETED']).toContain(await status());
    });
  });
  await eventually(async () => {
    expect(await status()).toBe('VALID');
  });
  return jobQueue;
};

/** A job queue with a compute environment of its own. */
export const placeOf = async (target: Target, resources?: Partial<ComputeResource>): Promise<string> =>
  queueOf(target, [await environmentOf(target, resources)]);

const SIZE = [
  { type: 'VCPU', value: '1' },
  { type: 'MEMORY', value: '64' },
] as const;

/** A container that runs a script. */
export const containerOf = (script: string) => ({
  ...{ image: IMAGE, command: ['sh', '-c', script], resourceRequirements: [...SIZE] },
});

/** A job definition whose job runs a script. */
export const definitionOf = async (
  { clients: { batch }, name }: Target,
  script: string,
  more: Partial<RegisterJobDefinitionCommandInput> = {},
): Promise<string> => {
  const { jobDefinitionArn = '' } = await batch.send(
    new RegisterJobDefinitionCommand({
      ...{ jobDefinitionName: name('job'), type: 'container', containerProperties: containerOf(script) },
      ...more,
    }),
  );
  return jobDefinitionArn;
};

/** Submits a job. */
export const submitTo = async (
  { clients: { batch }, name }: Target,
  jobQueue: string,
  jobDefinition: string,
  more: Partial<SubmitJobCommandInput> = {},
): Promise<string> => {
  const { jobId = '' } = await batch.send(
    new SubmitJobCommand({ jobName: name('job'), jobQueue, jobDefinition, ...more }),
  );
  return jobId;
};

/** A job as it is now. */
export const jobOf = async ({ clients: { batch } }: Target, jobId: string): Promise<JobDetail> => {
  const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
  const job = jobs.at(0);
  if (job === undefined) throw new Error(`the job ${jobId} does not exist`);
  return job;
};

/** Waits for a job to be in a status. */
export const reaches = (target: Target, jobId: string, ...statuses: readonly string[]): Promise<JobDetail> =>
  target.eventually(async () => {
    const job = await jobOf(target, jobId);
    expect(statuses).toContain(job.status);
    return job;
  });

/** Waits for the end of a job. */
export const ended = (target: Target, jobId: string): Promise<JobDetail> =>
  reaches(target, jobId, 'SUCCEEDED', 'FAILED');

/** What the latest attempt of a job has written so far, without what an endpoint of ours says first. */
export const linesOf = async ({ clients: { logs } }: Target, { container }: JobDetail): Promise<readonly string[]> => {
  const stream = { logGroupName: '/aws/batch/job', logStreamName: container?.logStreamName };
  const { events = [] } = await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true }));
  return events.flatMap(({ message = '' }) => (message.startsWith('[local endpoint]') ? [] : [message]));
};
