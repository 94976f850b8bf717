import { createLogStream, ProcessLog, type LogPlace } from '../core/process-log';
import type { Principal } from '../core/service';
import { DEPLOYER, type Runner, type World } from '../core/world';
import type { Container } from './container';
import type { Job } from './job';
import { serviceRoleOf } from './service-role';

const DEFAULT_GROUP = '/aws/batch/job';
/** Options that change how lines become events; lines stay lines here. */
const NOT_APPLIED_OPTIONS = ['awslogs-datetime-format', 'awslogs-multiline-pattern'];

/** The stream of one container of an attempt. */
export const logStreamOf = (job: Job, { name, logOptions }: Container, taskId: string): string =>
  `${logOptions['awslogs-stream-prefix'] ?? job.submission.definition.name}/${name}/${taskId}`;

/** What whoever reads the log must know about how the command ran. */
const preface = (container: Container, runner: Runner): readonly string[] => {
  const { image, logDriver, logOptions, notApplied } = container;
  const options = NOT_APPLIED_OPTIONS.filter((name) => name in logOptions);
  const isProcess = runner === 'process';
  return [
    ...(isProcess
      ? [`[local endpoint] the image ${image} was not used: the command ran as a process of this machine`]
      : []),
    ...(isProcess && notApplied.length > 0
      ? [`[local endpoint] not applied to a host process: ${notApplied.join(', ')}`]
      : []),
    ...(logDriver === 'awslogs' ? [] : [`[local endpoint] the log driver ${logDriver} was not used: output is here`]),
    ...(options.length > 0 ? [`[local endpoint] each line is an event: ${options.join(', ')} was not applied`] : []),
  ];
};

/** Opens the log of a container. Fails when the group is missing, as the container would. */
export const openLog = async (
  world: World,
  container: Container,
  logStreamName: string,
  principal: Principal,
): Promise<ProcessLog> => {
  const { logDriver, logOptions } = container;
  const isOfLogs = logDriver === 'awslogs';
  const group = isOfLogs ? logOptions['awslogs-group'] : undefined;
  // What another driver would take elsewhere is here by this endpoint's doing: no role has to allow it.
  const writer = isOfLogs ? principal : DEPLOYER;
  const place: LogPlace = { logGroupName: group ?? DEFAULT_GROUP, logStreamName, principal: writer };
  // The default group is one that AWS Batch makes by itself.
  const creator =
    group === undefined ? serviceRoleOf(world) : logOptions['awslogs-create-group'] === 'true' ? principal : undefined;
  await createLogStream(world, place, creator);
  const log = new ProcessLog(world, place);
  for (const line of preface(container, world.runner)) log.line(line);
  return log;
};
