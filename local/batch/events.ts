import type { Input } from '../core/service';
import type { World } from '../core/world';
import { describeJob } from './describe';
import type { Job } from './job';
import { serviceRoleOf } from './service-role';

/** The most entries that one PutEvents takes. */
const MAX_ENTRIES = 10;

/** Tells the event bus about jobs, without anybody waiting for it. */
export interface EventFeed {
  jobChanged(job: Job): void;
  queueBlocked(job: Job): void;
  /** Says nothing more: what still happens is that everything is stopped. */
  close(): void;
}

export const createEventFeed = (world: World): EventFeed => {
  const principal = serviceRoleOf(world);
  let waiting: Input[] = [];
  let sending = false;
  let complained = false;
  let closed = false;

  const put = async (entries: readonly Input[]): Promise<void> => {
    try {
      await world.call({ service: 'events', operation: 'PutEvents', input: { Entries: entries }, principal });
    } catch (error) {
      if (!complained) world.note(`batch: events of jobs do not reach the event bus: ${String(error)}`);
      complained = true;
    }
  };

  const send = async (): Promise<void> => {
    while (waiting.length > 0) {
      const entries = waiting;
      waiting = [];
      for (let start = 0; start < entries.length; start += MAX_ENTRIES) {
        await put(entries.slice(start, start + MAX_ENTRIES));
      }
    }
    sending = false;
  };

  const publish = (detailType: string, resources: readonly string[], job: Job): void => {
    if (closed) return;
    // As text at once: the job goes on changing.
    const detail = JSON.stringify(describeJob(job));
    waiting.push({ Source: 'aws.batch', DetailType: detailType, Detail: detail, Resources: resources });
    if (sending) return;
    sending = true;
    setImmediate(() => void send());
  };

  return {
    jobChanged: (job) => {
      publish('Batch Job State Change', [job.arn], job);
    },
    queueBlocked: (job) => {
      publish('Batch Job Queue Blocked', [job.arn, job.submission.queue.arn], job);
    },
    close: () => {
      closed = true;
      waiting = [];
    },
  };
};
