import type { World } from '../core/world';
import type { Execution } from './execution';

const PRINCIPAL = { arn: 'states.amazonaws.com' };

/** Tells EventBridge that the status of an execution has changed. */
export const noticeOf =
  (world: World) =>
  (execution: Execution): void => {
    const { arn, name, stateMachine, status, startedAt, stoppedAt, input, ending } = execution;
    const included = { included: true };
    const detail = {
      ...{ executionArn: arn, stateMachineArn: stateMachine.arn, name, status },
      ...{ startDate: startedAt.getTime(), stopDate: stoppedAt?.getTime() ?? null, input, inputDetails: included },
      ...{ output: ending?.output ?? null, outputDetails: ending?.output === undefined ? null : included },
      ...{ error: ending?.error ?? null, cause: ending?.cause ?? null },
    };
    const entry = {
      ...{ Source: 'aws.states', DetailType: 'Step Functions Execution Status Change', Resources: [arn] },
      Detail: JSON.stringify(detail),
    };
    world
      .call({ service: 'events', operation: 'PutEvents', input: { Entries: [entry] }, principal: PRINCIPAL })
      .catch((error: unknown) => {
        world.note(`no event for execution ${name}: ${String(error)}`);
      });
  };
