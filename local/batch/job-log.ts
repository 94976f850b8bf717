import { createLogStream, ProcessLog, type LogPlace } from '../core/process-log';
import type { Principal } from '../core/service';
import type { World } from '../core/world';
import type { Job } from './job';

const DEFAULT_GROUP = '/aws/batch/job';
/** Options that change how lines become events; lines stay lines here. */
const NOT_APPLIED_OPTIONS = ['awslogs-datetime-format', 'awslogs-multiline-pattern'];

/** The stream of one attempt: that of its container in AWS. */
export const logStreamOf = (job: Job, taskId: string): string => {
  const { container, definition } = job.submission;
  return `${container.logOptions['awslogs-stream-prefix'] ?? definition.name}/default/${taskId}`;
};

/** What whoever reads the log must know about how the command ran. */
const preface = (job: Job): readonly string[] => {
  const { container, needs } = job.submission;
  const { image, logDriver, logOptions } = container;
  const notApplied = [...container.notApplied, ...(needs.gpus > 0 ? ['GPU'] : [])];
  const options = NOT_APPLIED_OPTIONS.filter((name) => name in logOptions);
  return [
    `[local endpoint] the image ${image} was not used: the command ran as a process of this machine`,
    ...(notApplied.length > 0 ? [`[local endpoint] not applied to a host process: ${notApplied.join(', ')}`] : []),
    ...(logDriver === 'awslogs' ? [] : [`[local endpoint] the log driver ${logDriver} was not used: output is here`]),
    ...(options.length > 0 ? [`[local endpoint] each line is an event: ${options.join(', ')} was not applied`] : []),
  ];
};

/** Opens the log of an attempt. Fails when the group is missing, as the container would. */
export const openLog = async (
  world: World,
  job: Job,
  logStreamName: string,
  principal: Principal,
): Promise<ProcessLog> => {
  const { logDriver, logOptions } = job.submission.container;
  const group = logDriver === 'awslogs' ? logOptions['awslogs-group'] : undefined;
  const place: LogPlace = { logGroupName: group ?? DEFAULT_GROUP, logStreamName, principal };
  await createLogStream(world, place, group === undefined || logOptions['awslogs-create-group'] === 'true');
  const log = new ProcessLog(world, place);
  for (const line of preface(job)) log.line(line);
  return log;
};
