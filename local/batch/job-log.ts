import type { Input, Principal } from '../core/service';
import type { World } from '../core/world';
import type { Job } from './job';
import { LogSink } from './log-sink';

const DEFAULT_GROUP = '/aws/batch/job';
/** Options that change how lines become events; lines stay lines here. */
const NOT_APPLIED_OPTIONS = ['awslogs-datetime-format', 'awslogs-multiline-pattern'];

interface Target {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** The stream of one attempt: that of its container in AWS. */
export const logStreamOf = (job: Job, taskId: string): string => {
  const { container, definition } = job.submission;
  return `${container.logOptions['awslogs-stream-prefix'] ?? definition.name}/default/${taskId}`;
};

const isMissing = (error: unknown): boolean => error instanceof Error && error.name === 'ResourceNotFoundException';

/** What whoever reads the log must know about how the command ran. */
const preface = (job: Job): readonly string[] => {
  const { image, logDriver, logOptions, notApplied } = job.submission.container;
  const options = NOT_APPLIED_OPTIONS.filter((name) => name in logOptions);
  return [
    `[local endpoint] the image ${image} was not used: the command ran as a process of this machine`,
    ...(notApplied.length > 0 ? [`[local endpoint] not applied to a host process: ${notApplied.join(', ')}`] : []),
    ...(logDriver === 'awslogs' ? [] : [`[local endpoint] the log driver ${logDriver} was not used: output is here`]),
    ...(options.length > 0 ? [`[local endpoint] each line is an event: ${options.join(', ')} was not applied`] : []),
  ];
};

/** Opens the log of an attempt. Fails when the group is missing, as the container would. */
export const openLog = async (world: World, job: Job, stream: string, principal: Principal): Promise<LogSink> => {
  const { logDriver, logOptions } = job.submission.container;
  const group = logDriver === 'awslogs' ? logOptions['awslogs-group'] : undefined;
  const target: Target = { logGroupName: group ?? DEFAULT_GROUP, logStreamName: stream };
  const call = (operation: string, input: Input) => world.call({ service: 'logs', operation, input, principal });
  try {
    await call('CreateLogStream', { ...target });
  } catch (error) {
    const mayCreate = group === undefined || logOptions['awslogs-create-group'] === 'true';
    if (!mayCreate || !isMissing(error)) throw error;
    // Another attempt may have made it by now.
    await call('CreateLogGroup', { logGroupName: target.logGroupName }).catch(() => undefined);
    await call('CreateLogStream', { ...target });
  }

  let complained = false;
  const sink = new LogSink(async (logEvents) => {
    try {
      await call('PutLogEvents', { ...target, logEvents });
    } catch (error) {
      if (!complained) world.note(`batch: the log of job ${job.id} is incomplete: ${String(error)}`);
      complained = true;
    }
  });
  for (const line of preface(job)) sink.line(line);
  return sink;
};
