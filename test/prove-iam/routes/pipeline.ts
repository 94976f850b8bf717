import { DeleteStateMachineCommand } from '@aws-sdk/client-sfn';
import type { Route } from '../subject';
import { isStopped, type Machine, runs } from './executions';
import { holdsMessages } from './messages';

/** An event that starts nothing is kept. */
const keepsEvents =
  ({ id, start }: Machine): Route =>
  async (visit) => {
    const stateMachineArn = visit.id(`${id}StateMachine`);
    await visit.clients.sfn.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await start(visit);
    await holdsMessages(visit, `${id}DeadLetters`);
  };

/** The routes of a pipeline, in the order in which they can be taken: the last one ends it. */
export const pipelineRoutes = (pipeline: Machine): Readonly<Record<string, Route>> => {
  const machine = { ...pipeline, id: `${pipeline.id}StateMachine` };
  return {
    'a pipeline from its start to its end': runs(machine),
    'a pipeline that is stopped': isStopped(machine),
    'an event that starts nothing': keepsEvents(pipeline),
  };
};
