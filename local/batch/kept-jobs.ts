import type { Collection } from '../core/collection';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input } from '../core/service';
import { HOST_TERMINATED } from './attempt';
import { hasEnded, type Attempt, type CurrentAttempt, type Job, type JobStatus, type Stop } from './job';
import { type Lifecycle, setStatus } from './lifecycle';
import { mayRetry } from './retry';
import type { BatchState } from './state';
import { submit } from './submit';

/** What makes a job the same one after a restart. */
export interface KeptJob {
  readonly id: string;
  readonly sequence: number;
  readonly createdAt: number;
  /** As it was submitted, with the revision of its job definition that was the latest one then. */
  readonly input: Input;
}

/** How far a job got. */
interface Progress {
  readonly status: JobStatus;
  readonly statusReason?: string;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  readonly attempts: readonly Attempt[];
  /** The attempt that was under way. */
  readonly current?: Pick<CurrentAttempt, 'taskId' | 'containers'>;
  readonly stop?: Stop;
}

const pick = ({ taskId, containers }: CurrentAttempt) => ({ taskId, containers });

const sizeOf = ({ input }: KeptJob): number =>
  new Reader(input).optionalRecord('arrayProperties')?.optionalNumber('size') ?? 0;

/** Keeps jobs: after a restart those that wait go on waiting; those that ran have lost their host, as it were. */
export class KeptJobs {
  private readonly submissions: Collection<KeptJob>;
  private readonly progress: Collection<Progress>;
  private isClosed = false;
  private readonly restored: { readonly job: Job; readonly doomed: readonly Job[] }[] = [];

  constructor(
    private readonly state: BatchState,
    private readonly lifecycle: Lifecycle,
  ) {
    this.submissions = state.world.collection<KeptJob>('batch/jobs');
    this.progress = state.world.collection<Progress>('batch/progress');
  }

  /** Keeps nothing more: what ends from now on ends with the endpoint. */
  close(): void {
    this.isClosed = true;
  }

  submitted({ id, sequence, createdAt, submission }: Job, input: Input): void {
    this.submissions.set(id, {
      id,
      sequence,
      createdAt,
      input: { ...input, jobDefinition: submission.definition.arn },
    });
  }

  changed({ id, status, statusReason, startedAt, stoppedAt, attempts, current, stop }: Job): void {
    if (this.isClosed) return;
    const underWay = current === undefined ? {} : { current: pick(current) };
    this.progress.set(id, { status, statusReason, startedAt, stoppedAt, attempts, stop, ...underWay });
  }

  /** Brings all jobs back, before anybody asks for one. */
  restore(): void {
    const kept = [...this.submissions.values()].sort((one, other) => one.sequence - other.sequence);
    for (const one of kept) {
      this.state.nextSequence(1 + sizeOf(one));
      try {
        const { job, doomed } = submit(this.state, one.input, one);
        this.recall(job);
        this.restored.push({ job, doomed: [...doomed, ...this.recallChildren(job)] });
      } catch (error) {
        this.state.world.note(`batch: the job ${one.id} is not known any more: ${String(error)}`);
        // Its queue is gone for good; what only another runner can do is kept for that one.
        if (error instanceof AwsError && error.code === 'ClientException') this.forget(one.id);
      }
    }
  }

  private forget(id: string): void {
    this.submissions.delete(id);
    for (const key of [...this.progress.keys()]) if (/^[^:#]*/.exec(key)?.at(0) === id) this.progress.delete(key);
  }

  /** Goes on with what a restart interrupted. */
  resume(): void {
    for (const { job, doomed } of this.restored) {
      for (const child of job.array?.children ?? [job]) this.end(child);
      for (const failed of doomed) this.lifecycle.failDependent(failed);
      void this.lifecycle.evaluate(job);
    }
  }

  /** Gives a job what is known of it; one that has not ended is evaluated anew. */
  private recall(job: Job): void {
    const progress: Progress = this.progress.get(job.id) ?? { status: job.status, attempts: [] };
    const { status, attempts, current, ...known } = progress;
    Object.assign(job, known);
    job.attempts.push(...attempts);
    if (status === 'SUCCEEDED' || status === 'FAILED') setStatus(job, status, known.stoppedAt ?? job.createdAt);
    if (current === undefined || (status !== 'STARTING' && status !== 'RUNNING')) return;
    const stoppedAt = this.state.world.clock.now();
    job.attempts.push({ ...current, startedAt: job.startedAt, stoppedAt, statusReason: HOST_TERMINATED });
  }

  /** Answers the children that will never run, because the one before has failed. */
  private recallChildren({ array }: Job): readonly Job[] {
    if (array === undefined) return [];
    for (const child of array.children) {
      this.recall(child);
      const { parent } = child.place ?? {};
      if (parent !== undefined) parent.startedAt ??= child.startedAt;
    }
    if (!array.sequential) return [];
    const next = (status: JobStatus): readonly Job[] =>
      array.children.filter((_, index) => index > 0 && array.children[index - 1].status === status);
    for (const child of next('SUCCEEDED')) child.waits -= 1;
    return next('FAILED');
  }

  /** Ends a job that lost its host and may not try again. */
  private end(job: Job): void {
    const last = job.attempts.at(-1);
    if (hasEnded(job) || last?.statusReason !== HOST_TERMINATED) return;
    if (mayRetry(job.submission.retryStrategy, job.attempts.length, last)) return;
    this.lifecycle.end(job, 'FAILED', HOST_TERMINATED);
  }
}
