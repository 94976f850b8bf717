import { Attempt, type AttemptEnd } from './attempt';
import { AttemptFolders } from './attempt-folder';
import type { Grant } from './capacity';
import { ContainerEngine } from './engine/container-engine';
import { createAttemptEnvironment, type AttemptEnvironment } from './environment';
import { type StartProcess, startHostProcess } from './host-process';
import type { Job } from './job';
import type { Lifecycle } from './lifecycle';
import { ProcessHost } from './process-host/client';
import { mayRetry } from './retry';
import type { BatchState } from './state';

/** Runs attempts of jobs and draws the conclusions. */
export class Runner {
  private readonly variablesOf: AttemptEnvironment;
  private readonly host: ProcessHost | undefined;
  private readonly folders: AttemptFolders;
  private readonly startProcess: StartProcess;
  private readonly engine: ContainerEngine | undefined;
  private readonly current = new Map<Attempt, Promise<void>>();
  private readonly loose = new Set<Promise<unknown>>();

  constructor(
    private readonly state: BatchState,
    private readonly lifecycle: Lifecycle,
  ) {
    const { world } = state;
    this.variablesOf = createAttemptEnvironment(world);
    this.host = world.processHost === undefined ? undefined : new ProcessHost(world.processHost);
    this.folders = new AttemptFolders(world.directory);
    this.startProcess = this.host?.start ?? startHostProcess;
    this.engine = world.runner === 'process' ? undefined : new ContainerEngine(world.runner);
  }

  /** Starts the next attempt of `job`, which gives its capacity back as soon as that is free. */
  start(job: Job, { environment, gpus, release }: Grant): void {
    let startedAt: number | undefined;
    const attempt = new Attempt({
      world: this.state.world,
      folders: this.folders,
      start: this.startProcess,
      engine: this.engine,
      variablesOf: this.variablesOf,
      job,
      environment,
      gpus,
      onRunning: () => {
        startedAt = this.state.world.clock.now();
        this.begin(job, startedAt);
      },
    });
    job.current = attempt;
    job.statusReason = undefined;
    this.lifecycle.move(job, 'STARTING');
    const finished = attempt
      .run()
      .then((end) => this.finish(job, attempt, startedAt, end, release))
      .finally(() => this.current.delete(attempt));
    this.current.set(attempt, finished);
  }

  /** Kills everything that runs, and waits until nothing is left of it. */
  async close(): Promise<void> {
    for (const attempt of this.current.keys()) attempt.kill();
    await Promise.all(this.current.values());
    await Promise.all(this.loose);
    this.host?.close();
    this.engine?.close();
    await this.folders.removeAll();
  }

  private begin(job: Job, startedAt: number): void {
    job.startedAt = startedAt;
    if (job.place !== undefined) job.place.parent.startedAt ??= startedAt;
    this.lifecycle.move(job, 'RUNNING');
  }

  private async finish(
    job: Job,
    attempt: Attempt,
    startedAt: number | undefined,
    { stopped, logged, cleaned, ...exit }: AttemptEnd,
    release: () => void,
  ): Promise<void> {
    this.track(logged);
    this.track(cleaned);
    const { taskId, containers } = attempt;
    job.attempts.push({ taskId, containers, startedAt, stoppedAt: this.state.world.clock.now(), ...exit });
    job.current = undefined;
    const succeeded = exit.exitCode === 0 && !stopped;
    if (!succeeded && !stopped && mayRetry(job.submission.retryStrategy, job.attempts.length, exit)) {
      job.statusReason = exit.statusReason;
      this.lifecycle.makeRunnable(job);
      release();
      return;
    }
    release();
    // Whoever sees that a job has ended finds all of its log.
    await logged;
    this.lifecycle.end(job, succeeded ? 'SUCCEEDED' : 'FAILED', exit.statusReason);
  }

  private track(work: Promise<unknown>): void {
    this.loose.add(work);
    void work.finally(() => this.loose.delete(work));
  }
}
