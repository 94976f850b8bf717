import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { attemptFolder, removeAttemptFolder } from './attempt-folder';
import type { World } from '../core/world';
import type { ComputeEnvironment } from './compute-environment';
import { ContainerRun, textOf } from './container-run';
import type { AttemptEnvironment } from './environment';
import type { AttemptContainer, CurrentAttempt, Job } from './job';
import type { Exit } from './retry';

const MAX_TIMER_MS = 2 ** 31 - 1;
const TIMED_OUT = 'Job attempt duration exceeded timeout';

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
  /** All logs are where they belong. */
  readonly logged: Promise<unknown>;
  /** The folder is gone. */
  readonly cleaned: Promise<void>;
}

/** One run of a job: a task of containers, of which each is a process of this machine. */
export class Attempt implements CurrentAttempt {
  readonly taskId = randomBytes(16).toString('hex');
  private readonly folder: string;
  private readonly runs: readonly ContainerRun[];
  private stopReason: string | undefined;
  private isRunning = false;
  private timeout: NodeJS.Timeout | undefined;

  constructor(private readonly options: AttemptOptions) {
    const { world, job } = options;
    const { containers } = job.submission;
    this.folder = attemptFolder(world.directory, this.taskId);
    this.runs = containers.map(
      (container) =>
        new ContainerRun({
          ...options,
          container,
          taskId: this.taskId,
          folder: containers.length === 1 ? this.folder : join(this.folder, container.name),
          onStarted: () => {
            this.begin();
          },
        }),
    );
  }

  get containers(): readonly AttemptContainer[] {
    return this.runs.map(({ state }) => state);
  }

  stop(statusReason: string): void {
    if (this.stopReason !== undefined) return;
    this.stopReason = statusReason;
    for (const run of this.runs) run.stop();
  }

  kill(): void {
    this.stopReason ??= 'The endpoint was stopped';
    for (const run of this.runs) run.kill();
  }

  /** Never rejects: what goes wrong is how the attempt ended. */
  async run(): Promise<AttemptEnd> {
    const { statusReason, reason, exitCode } = await this.runAll();
    clearTimeout(this.timeout);
    return {
      statusReason: this.stopReason ?? statusReason,
      reason: this.stopReason === undefined ? reason : undefined,
      exitCode,
      stopped: this.stopReason !== undefined,
      logged: Promise.all(this.runs.map(({ logged }) => logged)),
      cleaned: this.removeFolder(),
    };
  }

  /** The end of the first essential container is that of the task: the others are stopped. */
  private async runAll(): Promise<Exit> {
    let decisive: Exit | undefined;
    const active = this.runs.filter(({ container }) => !container.isLogRouter);
    const exits = await Promise.all(
      active.map(async (run) => {
        const exit = await run.run(this.runs);
        if (decisive === undefined && run.container.essential) {
          decisive = exit;
          for (const other of active) if (other.exit === undefined) other.stop();
        }
        return exit;
      }),
    );
    return decisive ?? exits[0];
  }

  private begin(): void {
    if (this.isRunning) return;
    this.isRunning = true;
    const { job, onRunning } = this.options;
    const seconds = job.submission.timeout?.attemptDurationSeconds;
    if (seconds !== undefined) {
      const delay = Math.min(seconds * 1000, MAX_TIMER_MS);
      this.timeout = setTimeout(() => {
        this.stop(TIMED_OUT);
      }, delay);
    }
    onRunning();
  }

  private async removeFolder(): Promise<void> {
    try {
      await removeAttemptFolder(this.folder);
    } catch (error) {
      this.options.world.note(`batch: the folder of an attempt stays: ${textOf(error)}`);
    }
  }
}
