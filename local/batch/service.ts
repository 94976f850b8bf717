import type { Service } from '../core/service';
import type { World } from '../core/world';
import { BlockedJobs } from './blocked';
import { Capacity, thisMachine, type Machine } from './capacity';
import { computeEnvironmentOperations } from './compute-environments';
import { createEventFeed } from './events';
import { hasEnded } from './job';
import { jobDefinitionOperations } from './job-definitions';
import type { JobQueue } from './job-queue';
import { jobQueueOperations } from './job-queues';
import { jobOperations } from './jobs';
import { keeping } from './keeping';
import { KeptJobs } from './kept-jobs';
import { keptOperations } from './kept-resources';
import { Lifecycle } from './lifecycle';
import { Runner } from './runner';
import { Scheduler } from './scheduler';
import { createState } from './state';
import { tagOperations } from './tags';

/** AWS Batch: jobs run as processes of this machine, within what it and their compute environments can give. */
export const createBatch = (world: World, machine: Machine = thisMachine()): Service => {
  const state = createState(world);
  const events = createEventFeed(world);

  const removeIfEmpty = (queue: JobQueue): void => {
    const live = [...queue.jobs].some(
      ([status, jobs]) => status !== 'SUCCEEDED' && status !== 'FAILED' && jobs.size > 0,
    );
    if (queue.status !== 'DELETING' || live) return;
    state.queues.delete(queue.name);
    resources.save();
  };
  const lifecycle = new Lifecycle(
    {
      changed: (job) => {
        kept?.changed(job);
        events.jobChanged(job);
        if (!hasEnded(job)) return;
        removeIfEmpty(job.submission.queue);
        scheduler.plan();
      },
      stopping: (job) => {
        kept?.changed(job);
      },
      runnable: (job) => {
        scheduler.add(job);
      },
    },
    () => world.clock.now(),
  );
  const kept = world.persistent ? new KeptJobs(state, lifecycle) : undefined;
  const runner = new Runner(state, lifecycle);
  const blocked = new BlockedJobs(
    {
      blocked: (job) => {
        world.note(`batch: job ${job.id} blocks the job queue ${job.submission.queue.name}: ${job.statusReason ?? ''}`);
        events.queueBlocked(job);
      },
      stop: (job, stop) => {
        lifecycle.stop(job, stop);
      },
    },
    world.clock,
  );
  const scheduler = new Scheduler(
    state.queues,
    new Capacity(machine),
    {
      start: (job, grant) => {
        runner.start(job, grant);
        // What it uses up is gone for good.
        if (job.submission.holdings.length > 0) resources.save();
      },
      blocked: (job) => {
        blocked.add(job);
      },
    },
    () => world.clock.now(),
  );

  world.onClose(async () => {
    kept?.close();
    events.close();
    scheduler.stop();
    blocked.close();
    await runner.close();
  });

  const resources = keeping(state, {
    ...computeEnvironmentOperations(state, () => {
      scheduler.plan();
    }),
    ...jobQueueOperations(state, {
      changed: () => {
        scheduler.plan();
      },
      empty: (queue) => {
        const live = [...queue.jobs.values()].flatMap((jobs) => [...jobs]).filter((job) => !hasEnded(job));
        for (const job of live) {
          lifecycle.stop(job, { kind: 'terminate', reason: 'The job queue was deleted', atOnce: true });
        }
        removeIfEmpty(queue);
      },
    }),
    ...keptOperations(state, () => {
      scheduler.plan();
    }),
    ...jobDefinitionOperations(state),
    ...jobOperations(state, lifecycle, (job, input) => kept?.submitted(job, input)),
    ...tagOperations(state),
  });
  kept?.restore();
  world.onOpen(() => {
    kept?.resume();
    for (const queue of state.queues.values()) removeIfEmpty(queue);
  });
  return { name: 'batch', operations: resources.operations };
};
