import type { World } from '../core/world';
import type { Execution } from './execution';
import { redriveFacts } from './redrive';

/** There are no versions and aliases of state machines here. */
const UNNAMED = { stateMachineVersionArn: null, stateMachineAliasArn: null };

const PRINCIPAL = { arn: 'states.amazonaws.com' };

/** Tells EventBridge that the status of an execution has changed. */
export const noticeOf =
  (world: World) =>
  (execution: Execution): void => {
    const { status, record } = execution;
    const { arn, name, stateMachine, startedAt, stoppedAt, input, ending } = record;
    const redrives = redriveFacts(execution, world.clock.now());
    const included = { included: true };
    const detail = {
      ...{ executionArn: arn, stateMachineArn: stateMachine.arn, name, status },
      ...{ startDate: startedAt.getTime(), stopDate: stoppedAt?.getTime() ?? null, input, inputDetails: included },
      ...{ output: ending?.output ?? null, outputDetails: ending?.output === undefined ? null : included },
      ...{ error: ending?.error ?? null, cause: ending?.cause ?? null, redriveCount: redrives.redriveCount },
      ...{ redriveDate: redrives.redriveDate?.getTime() ?? null, redriveStatus: redrives.redriveStatus },
      ...{ redriveStatusReason: redrives.redriveStatusReason ?? null, ...UNNAMED },
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
