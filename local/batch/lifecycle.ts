import { hasEnded, type Job, type JobArray, type JobStatus, type Stop } from './job';
import { inSlices } from './slices';

const DEPENDENCY_FAILED = 'Dependent Job failed';
const CHILD_FAILED = 'Array Child Job failed';

/** Who wants to know. */
export interface LifecycleListener {
  /** A job has a new status. */
  changed(job: Job): void;
  /** Somebody wants a job to end. */
  stopping(job: Job): void;
  /** A job waits for capacity. */
  runnable(job: Job): void;
}

/** Gives a job a status, and tells its queue or its array. */
export const setStatus = (job: Job, status: JobStatus, now: number): void => {
  const previous = job.status;
  job.status = status;
  if (job.place === undefined) {
    const { jobs } = job.submission.queue;
    jobs.get(previous)?.delete(job);
    jobs.get(status)?.add(job);
  } else {
    const { array } = job.place;
    array.counts[previous] -= 1;
    array.counts[status] += 1;
    array.updatedAt = now;
  }
};

/** Moves jobs from status to status, and what depends on them after them. */
export class Lifecycle {
  private readonly ended: Job[] = [];
  private settling = false;

  constructor(
    private readonly listener: LifecycleListener,
    private readonly now: () => number,
  ) {}

  /** Takes up a job that was just submitted. */
  async evaluate(job: Job): Promise<void> {
    if (job.status !== 'SUBMITTED') return;
    if (job.array === undefined) {
      this.evaluateOne(job);
      return;
    }
    this.move(job, 'PENDING');
    await inSlices(job.array.children, (child) => {
      this.evaluateOne(child);
    });
  }

  move(job: Job, status: JobStatus): void {
    setStatus(job, status, this.now());
    this.listener.changed(job);
  }

  /** Puts a job, new or to be retried, in its queue. */
  makeRunnable(job: Job): void {
    const reason = job.stop?.reason ?? job.submission.flaw;
    if (reason !== undefined) {
      this.end(job, 'FAILED', reason);
      return;
    }
    job.runnableAt = this.now();
    this.move(job, 'RUNNABLE');
    this.listener.runnable(job);
  }

  /** Ends a job, and then whatever that decides, one after the other: a chain of thousands must not grow the stack. */
  end(job: Job, status: 'SUCCEEDED' | 'FAILED', reason?: string): void {
    if (hasEnded(job)) return;
    job.stoppedAt = this.now();
    job.statusReason = reason;
    this.move(job, status);
    this.ended.push(job);
    if (this.settling) return;
    this.settling = true;
    try {
      for (const next of this.ended) this.follow(next);
    } finally {
      this.ended.length = 0;
      this.settling = false;
    }
  }

  /** Fails a job because something that it waits for has failed. */
  failDependent(job: Job): void {
    if (job.array === undefined) {
      this.end(job, 'FAILED', job.stop?.reason ?? DEPENDENCY_FAILED);
      return;
    }
    job.array.failure = job.stop?.reason ?? DEPENDENCY_FAILED;
    void inSlices(job.array.children, (child) => {
      this.failDependent(child);
    });
  }

  /** Cancels or terminates a job; a parent's children with it. */
  stop(job: Job, stop: Stop): void {
    if (hasEnded(job)) return;
    const running = job.status === 'STARTING' || job.status === 'RUNNING';
    if (running && (stop.kind === 'cancel' || job.current === undefined)) return;
    job.stop ??= stop;
    this.listener.stopping(job);
    if (job.array !== undefined) {
      void inSlices(job.array.children, (child) => {
        this.stop(child, stop);
      });
    } else if (running) {
      job.current?.stop(stop.reason);
    } else if (job.status !== 'PENDING' || stop.atOnce === true) {
      // As in AWS, a pending job is cancelled when what it depends on is complete.
      this.end(job, 'FAILED', stop.reason);
    }
  }

  private evaluateOne(job: Job): void {
    if (job.status !== 'SUBMITTED') return;
    if (job.waits > 0) this.move(job, 'PENDING');
    else this.makeRunnable(job);
  }

  private release(job: Job): void {
    job.waits -= 1;
    if (job.waits > 0) return;
    if (job.array !== undefined)
      void inSlices(job.array.children, (child) => {
        this.release(child);
      });
    else if (job.status === 'PENDING') this.makeRunnable(job);
  }

  private follow(job: Job): void {
    const next = (dependent: Job): void => {
      if (job.status === 'SUCCEEDED') this.release(dependent);
      else this.failDependent(dependent);
    };
    job.dependents.forEach(next);
    if (job.place === undefined) return;
    const { parent, array, index } = job.place;
    if (array.sequential && index + 1 < array.size) next(array.children[index + 1]);
    for (const follower of array.followers) next(follower.children[index]);
    if (array.counts.SUCCEEDED + array.counts.FAILED === array.size) this.endParent(parent, array);
  }

  private endParent(parent: Job, array: JobArray): void {
    const failure = parent.stop?.reason ?? array.failure ?? (array.counts.FAILED > 0 ? CHILD_FAILED : undefined);
    this.end(parent, failure === undefined ? 'SUCCEEDED' : 'FAILED', failure);
  }
}
