import { createBatch } from '../../../local/batch/service';
import type { Machine } from '../../../local/batch/capacity';
import { AwsError } from '../../../local/core/errors';
import { Reader } from '../../../local/core/reader';
import type { Input, Output, Service } from '../../../local/core/service';
import type { ServiceFactory } from '../../../local/core/world';
import { createTestWorld, type TestWorld } from '../support';

const SIZE = [
  { type: 'VCPU', value: '1' },
  { type: 'MEMORY', value: '512' },
];

export interface Event {
  readonly type: string;
  readonly detail: Reader;
}

/** A world with AWS Batch, one compute environment `ce`, one job queue `queue`, and all events and logs on record. */
export class BatchBench {
  static async create(
    machine: Machine = { vcpus: 4, memoryMiB: 8192 },
    extra: readonly (ServiceFactory | Service)[] = [],
    workdirs: Readonly<Record<string, string>> = {},
  ): Promise<BatchBench> {
    const bench = new BatchBench();
    bench.opened = await createTestWorld(
      [(world) => createBatch(world, machine), bench.recordEvents(), bench.recordLogs(), ...extra],
      workdirs,
    );
    await bench.environment('ce');
    await bench.queue('queue');
    return bench;
  }

  readonly events: Event[] = [];
  readonly groups = new Set<string>(['/jobs']);
  readonly lines = new Map<string, string[]>();
  private readonly watchers = new Set<() => void>();
  private opened: TestWorld | undefined;

  get world(): TestWorld {
    if (this.opened === undefined) throw new Error('the bench is not open');
    return this.opened;
  }

  call(operation: string, input: Input = {}): Promise<Output> {
    return this.world.run('batch', operation, input);
  }

  async environment(name: string, maxvCpus = 4, resources: Input = {}): Promise<void> {
    await this.call('CreateComputeEnvironment', {
      computeEnvironmentName: name,
      type: 'MANAGED',
      computeResources: {
        type: 'EC2',
        maxvCpus,
        instanceRole: 'instance-profile',
        instanceTypes: ['m6i.large'],
        subnets: ['subnet-1'],
        securityGroupIds: ['sg-1'],
        ...resources,
      },
    });
  }

  async queue(name: string, priority = 1, environments: readonly string[] = ['ce']): Promise<void> {
    const computeEnvironmentOrder = environments.map((computeEnvironment, order) => ({ order, computeEnvironment }));
    await this.call('CreateJobQueue', { jobQueueName: name, priority, computeEnvironmentOrder });
  }

  /** Makes a compute environment and a job queue `fargate`. */
  async fargate(): Promise<void> {
    await this.call('CreateComputeEnvironment', {
      computeEnvironmentName: 'fargate',
      type: 'MANAGED',
      computeResources: { type: 'FARGATE', maxvCpus: 4, subnets: ['subnet-1'], securityGroupIds: ['sg-1'] },
    });
    await this.queue('fargate', 1, ['fargate']);
  }

  /** Registers a job definition that runs a script of node. */
  async define(
    jobDefinitionName: string,
    script: string,
    container: Input = {},
    definition: Input = {},
  ): Promise<void> {
    await this.call('RegisterJobDefinition', {
      jobDefinitionName,
      type: 'container',
      ...definition,
      containerProperties: {
        image: 'example/image',
        command: ['node', '-e', script],
        resourceRequirements: SIZE,
        jobRoleArn: 'arn:aws:iam::000000000000:role/job',
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/jobs' } },
        ...container,
      },
    });
  }

  async submit(jobDefinition: string, input: Input = {}): Promise<string> {
    const job = { jobName: jobDefinition, jobQueue: 'queue', jobDefinition, ...input };
    return new Reader(await this.call('SubmitJob', job)).text('jobId');
  }

  async describe(jobId: string): Promise<Reader> {
    const [job] = new Reader(await this.call('DescribeJobs', { jobs: [jobId] })).records('jobs');
    return job;
  }

  /** Waits for the event that says so. */
  async reaches(jobId: string, ...statuses: readonly string[]): Promise<Reader> {
    const find = () =>
      this.events.find(({ detail }) => detail.text('jobId') === jobId && statuses.includes(detail.text('status')));
    for (;;) {
      const event = find();
      if (event !== undefined) return event.detail;
      await new Promise<void>((resolve) => {
        const watcher = (): void => {
          this.watchers.delete(watcher);
          resolve();
        };
        this.watchers.add(watcher);
      });
    }
  }

  /** Waits for the end of a job. */
  async ended(jobId: string): Promise<Reader> {
    await this.reaches(jobId, 'SUCCEEDED', 'FAILED');
    return await this.describe(jobId);
  }

  async run(jobDefinition: string, input: Input = {}): Promise<Reader> {
    return await this.ended(await this.submit(jobDefinition, input));
  }

  /** What the last attempt of a job wrote, without what the endpoint says first. */
  output(job: Reader): readonly string[] {
    return this.log(job).filter((line) => !line.startsWith('[local endpoint]'));
  }

  log(job: Reader): readonly string[] {
    return this.lines.get(job.record('container').text('logStreamName')) ?? [];
  }

  statuses(jobId: string): readonly string[] {
    return this.events
      .filter(({ detail }) => detail.text('jobId') === jobId)
      .map(({ detail }) => detail.text('status'));
  }

  private recordEvents(): Service {
    return {
      name: 'events',
      operations: {
        PutEvents: (input) => {
          for (const entry of new Reader(input).records('Entries')) {
            const detail: unknown = JSON.parse(entry.text('Detail'));
            this.events.push({ type: entry.text('DetailType'), detail: new Reader({ detail }).record('detail') });
          }
          for (const watcher of this.watchers) watcher();
          return { FailedEntryCount: 0 };
        },
      },
    };
  }

  /** Lines by stream; a group must exist before its streams. */
  private recordLogs(): Service {
    const { groups, lines } = this;
    return {
      name: 'logs',
      operations: {
        CreateLogGroup: (input) => {
          groups.add(new Reader(input).text('logGroupName'));
          return {};
        },
        CreateLogStream: (input) => {
          if (groups.has(new Reader(input).text('logGroupName'))) return {};
          throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
        },
        PutLogEvents: (input) => {
          const reader = new Reader(input);
          const stream = reader.text('logStreamName');
          const messages = reader.records('logEvents').map((event) => event.text('message'));
          lines.set(stream, [...(lines.get(stream) ?? []), ...messages]);
          return {};
        },
      },
    };
  }
}
