import { couldFit, type Capacity, type Grant } from './capacity';
import type { ComputeEnvironment } from './compute-environment';
import { leavesReservation, loadOf } from './fair-share';
import { canHold, hold } from './holdings';
import type { Job } from './job';
import type { JobQueue } from './job-queue';

export interface SchedulerListener {
  /** `job` may start with what it was given. */
  start(job: Job, grant: Grant): void;
  /** `job` heads its queue and no compute environment of the queue can ever take it. */
  blocked(job: Job): void;
}

/** Starts jobs as capacity allows: queues by priority, jobs of a queue in order. Nobody overtakes a larger job. */
export class Scheduler {
  private planned = false;
  private stopped = false;

  constructor(
    private readonly queues: ReadonlyMap<string, JobQueue>,
    private readonly capacity: Capacity,
    private readonly listener: SchedulerListener,
    private readonly now: () => number,
  ) {}

  add(job: Job): void {
    job.submission.queue.runnable.push(job);
    this.plan();
  }

  /** Looks for jobs to start soon, once for all that happens now. */
  plan(): void {
    if (this.planned) return;
    this.planned = true;
    queueMicrotask(() => {
      this.planned = false;
      this.startAll();
    });
  }

  stop(): void {
    this.stopped = true;
  }

  private startAll(): void {
    const passed = new Set<JobQueue>();
    const reserved = new Set<ComputeEnvironment>();
    while (!this.stopped) {
      const job = this.next(passed);
      // The machine is shared by all, so a job that waits for it makes everybody behind it wait.
      if (job === undefined || !this.capacity.machineHasRoom(job.submission.needs)) return;
      const { queue, needs, share } = job.submission;
      if (!canHold(job) || (share !== undefined && !leavesReservation(queue, share.identifier, needs.vcpus))) {
        passed.add(queue);
        continue;
      }
      const environment = queue.environments.find(
        (entry) => !reserved.has(entry) && this.capacity.hasRoom(entry, needs),
      );
      if (environment === undefined) {
        passed.add(queue);
        const awaited = queue.environments.filter((entry) => couldFit(entry, needs));
        for (const entry of awaited) reserved.add(entry);
        if (awaited.length === 0) this.listener.blocked(job);
      } else {
        queue.runnable.take(job);
        const letGo = hold(job, this.now);
        const grant = this.capacity.take(environment, needs);
        const release = (): void => {
          letGo();
          grant.release();
          this.startAll();
        };
        this.listener.start(job, { ...grant, release });
      }
    }
  }

  /** The job to start next, were there capacity. */
  private next(passed: ReadonlySet<JobQueue>): Job | undefined {
    let best: Job | undefined;
    for (const queue of this.queues.values()) {
      if (passed.has(queue)) continue;
      const job = queue.runnable.next((share) => loadOf(queue, share, this.now()));
      if (job === undefined) continue;
      const lead = queue.priority - (best?.submission.queue.priority ?? -1);
      if (best === undefined || lead > 0 || (lead === 0 && job.sequence < best.sequence)) best = job;
    }
    return best;
  }
}
