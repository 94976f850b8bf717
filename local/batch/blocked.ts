import { couldFit } from './capacity';
import type { Job } from './job';
import type { JobQueue } from './job-queue';
import type { Stop } from './job';

const TOO_LARGE = 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE';

export interface BlockedListener {
  /** A job starts to block its queue. */
  blocked(job: Job): void;
  stop(job: Job, stop: Stop): void;
}

/** Watches jobs at the head of a queue that no compute environment of it can take. */
export class BlockedJobs {
  private readonly timers = new Map<Job, readonly NodeJS.Timeout[]>();

  constructor(private readonly listener: BlockedListener) {}

  add(job: Job): void {
    const { queue, needs } = job.submission;
    const enabled = queue.environments.filter(({ state }) => state === 'ENABLED');
    if (enabled.length === 0 || this.timers.has(job)) return;
    const largest = Math.max(...enabled.map(({ resources }) => resources.maxvCpus));
    job.statusReason = `${TOO_LARGE} - the job asks for ${needs.vcpus} vCPUs, its compute environments have ${largest}`;
    this.timers.set(job, this.startTimers(job, queue));
    this.listener.blocked(job);
  }

  close(): void {
    for (const timers of this.timers.values()) timers.forEach(clearTimeout);
    this.timers.clear();
  }

  private startTimers(job: Job, queue: JobQueue): readonly NodeJS.Timeout[] {
    const limits = queue.timeLimits.filter(({ reason }) => reason === TOO_LARGE);
    return limits.map(({ maxTimeSeconds }) =>
      setTimeout(() => {
        this.expire(job);
      }, maxTimeSeconds * 1000),
    );
  }

  private expire(job: Job): void {
    const { queue, needs } = job.submission;
    if (job.status !== 'RUNNABLE' || queue.environments.some((environment) => couldFit(environment, needs))) return;
    const reason = `Canceled by JobStateTimeLimit action due to reason: ${TOO_LARGE}`;
    this.listener.stop(job, { kind: 'cancel', reason });
  }
}
