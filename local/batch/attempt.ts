import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { AttemptFolders } from './attempt-folder';
import type { Timer } from '../core/clock';
import type { World } from '../core/world';
import type { ComputeEnvironment } from './compute-environment';
import { gpusOf } from './container';
import { ContainerRun, textOf } from './container-run';
import type { ContainerEngine } from './engine/container-engine';
import { taskVolumes } from './engine/create-arguments';
import type { AttemptEnvironment } from './environment';
import type { StartProcess } from './host-process';
import type { AttemptContainer, CurrentAttempt, Job } from './job';
import type { Exit } from './retry';

/** Why an attempt on EC2 ended when its instance did. */
export const HOST_TERMINATED = 'Host EC2 (instance i-0123456789abcdef0) terminated.';
const TIMED_OUT = 'Job attempt duration exceeded timeout';

export interface AttemptOptions {
  readonly world: World;
  readonly folders: AttemptFolders;
  readonly start: StartProcess;
  readonly engine?: ContainerEngine;
  readonly variablesOf: AttemptEnvironment;
  readonly job: Job;
  readonly environment: ComputeEnvironment;
  /** The GPUs that the job has, by number. */
  readonly gpus: readonly number[];
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
  /** Why its host went away: unlike being stopped, this may be tried again. */
  private reclaimed: string | undefined;
  private isRunning = false;
  private timeout: Timer | undefined;
  private reclaim: Timer | undefined;

  constructor(private readonly options: AttemptOptions) {
    const { folders, job } = options;
    const { containers } = job.submission;
    this.folder = folders.take();
    let given = 0;
    this.runs = containers.map(
      (container) =>
        new ContainerRun({
          ...options,
          container,
          taskId: this.taskId,
          gpus: options.gpus.slice(given, (given += gpusOf(container))),
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
    this.timeout?.cancel();
    this.reclaim?.cancel();
    return {
      statusReason: this.stopReason ?? this.reclaimed ?? statusReason,
      reason: this.stopReason === undefined ? reason : undefined,
      // A host that is gone reports no exit code.
      exitCode: this.reclaimed === undefined ? exitCode : undefined,
      stopped: this.stopReason !== undefined,
      logged: Promise.all(this.runs.map(({ logged }) => logged)),
      cleaned: this.clean(),
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
    const { job, onRunning, world } = this.options;
    this.awaitReclaim();
    const seconds = job.submission.timeout?.attemptDurationSeconds;
    if (seconds !== undefined) {
      this.timeout = world.clock.after(seconds * 1000, () => {
        this.stop(TIMED_OUT);
      });
    }
    onRunning();
  }

  /** AWS takes Spot capacity back when it wants to; here a fault says when. */
  private awaitReclaim(): void {
    const { world, job, environment } = this.options;
    const { type } = environment.resources;
    if (type !== 'SPOT' && type !== 'FARGATE_SPOT') return;
    const fault = world.faults.strike('reclaim', `batch:${job.submission.queue.name}`);
    if (fault === undefined) return;
    this.reclaim = world.clock.after(fault.milliseconds ?? 0, () => {
      this.reclaimed = type === 'SPOT' ? HOST_TERMINATED : 'Your Spot Task was interrupted.';
      for (const run of this.runs) run.stop();
    });
  }

  private async clean(): Promise<void> {
    const { engine, folders, job, world } = this.options;
    try {
      if (engine === undefined) await folders.giveBack(this.folder);
      else await engine.removeVolumes(taskVolumes(job.submission.containers, this.taskId));
    } catch (error) {
      world.note(`batch: what an attempt had to itself stays: ${textOf(error)}`);
    }
  }
}
