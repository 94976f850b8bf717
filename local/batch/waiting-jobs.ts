import { Heap } from './heap';
import type { Job } from './job';
import { runsBefore } from './job-order';

/** The jobs of one queue that wait for capacity: a line for each share; without shares there is one line. */
export class WaitingJobs {
  private readonly lines = new Map<string, Heap<Job>>();

  push(job: Job): void {
    const share = job.submission.share?.identifier ?? '';
    const line = this.lines.get(share) ?? new Heap(runsBefore);
    this.lines.set(share, line);
    line.push(job);
  }

  /** The job to start next: the first one of the share with the least load. */
  next(loadOf: (share: string) => number): Job | undefined {
    let best: { readonly job: Job; readonly load: number } | undefined;
    for (const [share, line] of this.lines) {
      const job = headOf(line);
      if (job === undefined) {
        this.lines.delete(share);
        continue;
      }
      const load = loadOf(share);
      const lead = best === undefined ? -1 : load - best.load || job.sequence - best.job.sequence;
      if (lead < 0) best = { job, load };
    }
    return best?.job;
  }

  /** The first jobs in the order in which they would start, were there capacity and nobody's load to change. */
  front(count: number, loadOf: (share: string) => number): readonly Job[] {
    return [...this.lines]
      .map(([share, line]) => ({
        load: loadOf(share),
        jobs: line.sorted().filter(({ status }) => status === 'RUNNABLE'),
      }))
      .sort((left, right) => left.load - right.load)
      .flatMap(({ jobs }) => jobs)
      .slice(0, count);
  }

  /** Takes out the job that `next` answered. */
  take(job: Job): void {
    this.lines.get(job.submission.share?.identifier ?? '')?.pop();
  }
}

/** Cancelled jobs are dropped when they get to the head. */
const headOf = (line: Heap<Job>): Job | undefined => {
  while (line.size > 0) {
    const job = line.peek();
    if (job?.status === 'RUNNABLE') return job;
    line.pop();
  }
  return undefined;
};
