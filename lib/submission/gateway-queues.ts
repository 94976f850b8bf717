import { PlatformCapability } from '../compute/compute-environment';
import type { QueueTarget } from '../contracts/submission';
import type { IJobQueue } from '../queue/job-queue-interface';
import { hasSchedulingPolicy } from './share';

type Named = ReadonlyMap<string, IJobQueue>;

/** Queues by the names under which a gateway's jobs and teams refer to them. @internal */
export class GatewayQueues {
  private readonly own = new Map<string, IJobQueue>();

  /** Callers may name those that are `named`; the others have the names of their constructs. */
  public constructor(
    private readonly named: Named,
    others: readonly IJobQueue[] = [],
  ) {
    for (const queue of others) {
      if (this.find(queue) === undefined) this.own.set(this.freeName(queue.node.path), queue);
    }
  }

  /** What the function knows of them. */
  public get targets(): Readonly<Record<string, QueueTarget>> {
    const named = [...this.named].map(([name, queue]) => [name, targetOf(queue)] as const);
    const own = [...this.own].map(([name, queue]) => [name, { ...targetOf(queue), own: true }] as const);
    return Object.fromEntries([...named, ...own]);
  }

  /** The name of a queue; undefined if it has none here. */
  public find(queue: IJobQueue): string | undefined {
    return nameIn(this.named, queue) ?? nameIn(this.own, queue);
  }

  private freeName(path: string): string {
    return this.named.has(path) ? this.freeName(`${path}+`) : path;
  }
}

function nameIn(queues: Named, { jobQueueArn }: IJobQueue): string | undefined {
  return [...queues].find(([, queue]) => queue.jobQueueArn === jobQueueArn)?.[0];
}

function targetOf(queue: IJobQueue): QueueTarget {
  const { jobQueueArn: arn, platformCapability: platform } = queue;
  return {
    arn,
    ...(hasSchedulingPolicy(queue) === true ? { shared: true } : {}),
    ...(platform === PlatformCapability.EC2 ? {} : { platform }),
  };
}
