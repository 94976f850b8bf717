import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Output, Service } from '../core/service';
import type { World } from '../core/world';
import { QueuePoller } from '../polling/queue-poller';
import { checkedName, describe, isWanted, type Pipe, pollingOf } from './pipe';

/** EventBridge Pipes: jobs for the messages of queues. */
export const createPipes = (world: World): Service => {
  const pipes = world.collection<Pipe>('pipes/pipes');
  const pollers = new Map<string, QueuePoller>();

  const forget = (name: string): void => {
    pollers.get(name)?.stop();
    pollers.delete(name);
  };
  const follow = (pipe: Pipe): void => {
    forget(pipe.name);
    if (isWanted(pipe)) pollers.set(pipe.name, new QueuePoller(world, pollingOf(pipe, world)));
  };
  world.onOpen(() => {
    for (const pipe of pipes.values()) follow(pipe);
  });
  world.onClose(() => {
    for (const poller of pollers.values()) poller.stop();
  });

  const find = (input: Input): Pipe => {
    const name = new Reader(input).text('Name');
    const pipe = pipes.get(name);
    if (pipe === undefined) throw new AwsError('NotFoundException', `Pipe ${name} does not exist.`, 404);
    return pipe;
  };
  const put = async (pipe: Pipe): Promise<Output> => {
    await pollingOf(pipe, world).principal();
    pipes.set(pipe.name, pipe);
    follow(pipe);
    return describe(pipe);
  };

  return {
    name: 'pipes',
    operations: {
      CreatePipe: (input) => {
        const name = checkedName(new Reader(input).text('Name'));
        if (pipes.has(name)) throw new AwsError('ConflictException', `Pipe ${name} already exists.`, 409);
        const now = world.clock.date();
        return put({ name, arn: world.arn('pipes', `pipe/${name}`), request: input, createdAt: now, modifiedAt: now });
      },
      // What an update does not name stays, and so does the source.
      UpdatePipe: (input) => {
        const pipe = find(input);
        const { Source } = pipe.request;
        return put({ ...pipe, request: { ...pipe.request, ...input, Source }, modifiedAt: world.clock.date() });
      },
      DescribePipe: (input) => describe(find(input)),
      DeletePipe: (input) => {
        const pipe = find(input);
        forget(pipe.name);
        pipes.delete(pipe.name);
        return describe(pipe);
      },
    },
  };
};
