import type { Clock, Timer } from '../core/clock';
import { couldFit, hasGpusFor } from './capacity';
import type { Job } from './job';
import type { JobQueue } from './job-queue';
import type { Stop } from './job';

const TOO_LARGE = 'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE';
const NO_INSTANCE = 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT';
/** As AWS Batch says it. */
const WORDS = {
  [TOO_LARGE]: 'CE(s) associated with the job queue cannot meet the CPU requirement of the job.',
  [NO_INSTANCE]:
    'The job resource requirement (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the job queue.',
} as const;

export interface BlockedListener {
  /** A job starts to block its queue. */
  blocked(job: Job): void;
  stop(job: Job, stop: Stop): void;
}

/** Watches jobs at the head of a queue that no compute environment of it can take. */
export class BlockedJobs {
  private readonly timers = new Map<Job, readonly Timer[]>();

  constructor(
    private readonly listener: BlockedListener,
    private readonly clock: Clock,
  ) {}

  add(job: Job): void {
    const { queue, needs } = job.submission;
    const enabled = queue.environments.filter(({ state }) => state === 'ENABLED');
    if (enabled.length === 0 || this.timers.has(job)) return;
    const isLarge = enabled.some(({ resources }) => needs.vcpus > resources.maxvCpus);
    const lacksGpus = enabled.every(({ resources }) => !hasGpusFor(resources.gpus, needs));
    const reason = lacksGpus || !isLarge ? NO_INSTANCE : TOO_LARGE;
    job.statusReason = `${reason} - ${WORDS[reason]}`;
    this.timers.set(job, this.startTimers(job, queue, reason));
    this.listener.blocked(job);
  }

  close(): void {
    for (const timers of this.timers.values()) for (const timer of timers) timer.cancel();
    this.timers.clear();
  }

  private startTimers(job: Job, queue: JobQueue, blockedBy: string): readonly Timer[] {
    const limits = queue.timeLimits.filter(({ reason }) => reason === blockedBy);
    return limits.map(({ maxTimeSeconds }) =>
      this.clock.after(maxTimeSeconds * 1000, () => {
        this.expire(job, blockedBy);
      }),
    );
  }

  private expire(job: Job, blockedBy: string): void {
    const { queue, needs } = job.submission;
    if (job.status !== 'RUNNABLE' || queue.environments.some((environment) => couldFit(environment, needs))) return;
    const reason = `Canceled by JobStateTimeLimit action due to reason: ${blockedBy}`;
    this.listener.stop(job, { kind: 'cancel', reason });
  }
}
