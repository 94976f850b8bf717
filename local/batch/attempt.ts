import { randomBytes } from 'node:crypto';
import type { ProcessLog } from '../core/process-log';
import type { World } from '../core/world';
import { attemptFolder, makeAttemptFolder, removeAttemptFolder } from './attempt-folder';
import { platformOf, type ComputeEnvironment } from './compute-environment';
import type { Variable } from './container';
import type { AttemptEnvironment } from './environment';
import { startHostProcess, type HostProcess } from './host-process';
import type { CurrentAttempt, Job } from './job';
import { logStreamOf, openLog } from './job-log';
import type { Exit } from './retry';
import { fetchSecrets } from './secrets';

const KILL_AFTER_MS = 30_000;
const MAX_TIMER_MS = 2 ** 31 - 1;
const TIMED_OUT = 'Job attempt duration exceeded timeout';
const NOT_STARTED = 'Task failed to start';

export interface AttemptOptions {
  readonly world: World;
  readonly variablesOf: AttemptEnvironment;
  readonly job: Job;
  readonly environment: ComputeEnvironment;
  readonly onRunning: () => void;
}

export interface AttemptEnd extends Exit {
  /** Ended by a timeout, a cancellation or a termination: never tried again. */
  readonly stopped: boolean;
  /** The whole log is where it belongs. */
  readonly logged: Promise<void>;
  /** The folder is gone. */
  readonly cleaned: Promise<void>;
}

/** Why a container did not start; `reason` is the container's, when it got that far. */
class StartFailure extends Error {
  constructor(
    readonly statusReason: string,
    readonly reason?: string,
  ) {
    super(reason ?? statusReason);
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** One run of a job's command as a process of this machine. */
export class Attempt implements CurrentAttempt {
  readonly taskId = randomBytes(16).toString('hex');
  readonly logStreamName: string;
  private readonly folder: string;
  private process: HostProcess | undefined;
  private stopReason: string | undefined;
  private timers: NodeJS.Timeout[] = [];

  constructor(private readonly options: AttemptOptions) {
    this.logStreamName = logStreamOf(options.job, this.taskId);
    this.folder = attemptFolder(options.world.directory, this.taskId);
  }

  stop(statusReason: string): void {
    if (this.stopReason !== undefined) return;
    this.stopReason = statusReason;
    this.process?.signal('SIGTERM');
    this.timers.push(
      setTimeout(() => {
        this.kill();
      }, KILL_AFTER_MS),
    );
  }

  kill(): void {
    this.stopReason ??= 'The endpoint was stopped';
    this.process?.signal('SIGKILL');
  }

  /** Never rejects: what goes wrong is how the attempt ended. */
  async run(): Promise<AttemptEnd> {
    let log: ProcessLog | undefined;
    let exit: Exit;
    try {
      const secrets = await this.prepare();
      log = await this.openLog();
      exit = { statusReason: 'Essential container in task exited', exitCode: await this.execute(log, secrets) };
    } catch (error) {
      exit = error instanceof StartFailure ? error : new StartFailure(NOT_STARTED, textOf(error));
      if (this.stopReason === undefined) log?.line(`[local endpoint] ${exit.reason ?? exit.statusReason}`);
    }
    for (const timer of this.timers) clearTimeout(timer);
    const { statusReason, reason, exitCode } = exit;
    return {
      statusReason: this.stopReason ?? statusReason,
      reason: this.stopReason === undefined ? reason : undefined,
      exitCode,
      stopped: this.stopReason !== undefined,
      logged: log?.flush() ?? Promise.resolve(),
      cleaned: this.removeFolder(),
    };
  }

  private async prepare(): Promise<readonly Variable[]> {
    const { world, job } = this.options;
    const { image, secrets } = job.submission.container;
    const workdir = Object.hasOwn(world.workdirs, image) ? world.workdirs[image] : undefined;
    try {
      makeAttemptFolder(this.folder, workdir);
    } catch (error) {
      const of = workdir === undefined ? '' : ` with the files of '${workdir}'`;
      throw new StartFailure(NOT_STARTED, `CannotStartContainerError: no working directory${of}: ${textOf(error)}`);
    }
    if (secrets.length === 0) return [];
    try {
      return await fetchSecrets(world, secrets, this.executionPrincipal());
    } catch (error) {
      throw new StartFailure(`ResourceInitializationError: unable to pull secrets or registry auth: ${textOf(error)}`);
    }
  }

  private async openLog(): Promise<ProcessLog> {
    const { world, job, environment } = this.options;
    try {
      return await openLog(world, job, this.logStreamName, this.executionPrincipal());
    } catch (error) {
      if (platformOf(environment) === 'FARGATE') {
        throw new StartFailure(`ResourceInitializationError: failed to validate logger args: ${textOf(error)}`);
      }
      const reason = `CannotStartContainerError: failed to initialize logging driver: ${textOf(error)}`;
      throw new StartFailure(NOT_STARTED, reason);
    }
  }

  private async execute(log: ProcessLog, secrets: readonly Variable[]): Promise<number> {
    const { variablesOf, job, environment, onRunning } = this.options;
    const { command, image } = job.submission.container;
    if (command.length === 0) {
      throw new StartFailure(
        NOT_STARTED,
        `CannotStartContainerError: the command that image ${image} may have is unknown here: give the job a command`,
      );
    }
    if (this.stopReason !== undefined) throw new StartFailure(this.stopReason);
    try {
      this.process = startHostProcess({
        command,
        folder: this.folder,
        environment: variablesOf({ job, environment, folder: this.folder, secrets }),
        read: (stream) => {
          log.read(stream);
        },
        onStarted: () => {
          this.startTimeout();
          onRunning();
        },
      });
      return await this.process.ended;
    } catch (error) {
      throw new StartFailure(
        NOT_STARTED,
        `CannotStartContainerError: cannot run '${command.join(' ').slice(0, 200)}': ${textOf(error)}`,
      );
    }
  }

  private startTimeout(): void {
    const seconds = this.options.job.submission.timeout?.attemptDurationSeconds;
    if (seconds === undefined) return;
    this.timers.push(
      setTimeout(
        () => {
          this.stop(TIMED_OUT);
        },
        Math.min(seconds * 1000, MAX_TIMER_MS),
      ),
    );
  }

  /** Who fetches secrets and writes logs. */
  private executionPrincipal(): { readonly arn: string } {
    const { job, environment } = this.options;
    return { arn: job.submission.container.executionRoleArn ?? environment.instanceProfileArn ?? job.arn };
  }

  private async removeFolder(): Promise<void> {
    try {
      await removeAttemptFolder(this.folder);
    } catch (error) {
      this.options.world.note(`batch: the folder of an attempt stays: ${textOf(error)}`);
    }
  }
}
