import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { makeRole } from './acting';
import { queueFor } from './queues';
import type { Target } from './target';

export const HOUR = 3_600_000;

/** A role that schedules take on, to do some actions. */
export const roleFor = (target: Target, ...actions: readonly string[]): Promise<string> =>
  makeRole(target, actions.length === 0 ? [] : [{ Effect: 'Allow', Action: actions, Resource: '*' }], {
    Service: 'scheduler.amazonaws.com',
  });

/** A schedule of a row; answers its name. */
export const schedule = async (
  { clients: { scheduler }, name, cleanup, eventually }: Target,
  Target: CreateScheduleCommandInput['Target'],
  ScheduleExpression: string,
  more: Partial<CreateScheduleCommandInput> = {},
): Promise<string> => {
  const Name = name('schedule');
  const input = { Name, Target, ScheduleExpression, FlexibleTimeWindow: { Mode: 'OFF' }, ...more } as const;
  const send = () =>
    scheduler.send(new CreateScheduleCommand(input)).catch((error: unknown) => {
      // A new role is not known everywhere at once; any other refusal is one.
      if (error instanceof Error && error.message.includes('execution role')) throw error;
      return { error };
    });
  const made = await eventually(send);
  if ('error' in made) throw made.error;
  const { GroupName } = input;
  cleanup(() => scheduler.send(new DeleteScheduleCommand({ Name, GroupName })).catch(() => undefined));
  return Name;
};

/** A queue that gathers the texts that schedules send. */
export const inbox = async (target: Target) => {
  const queue = await queueFor(target);
  const texts: string[] = [];
  const received = async (): Promise<readonly string[]> => {
    const messages = await queue.receive({ MaxNumberOfMessages: 10 });
    texts.push(...messages.map(({ Body = '' }) => Body));
    return texts;
  };
  return { ...queue, received };
};
