import { pageOf } from '../core/pages';
import { Reader } from '../core/reader';
import type { Input, Operation, Output, Service } from '../core/service';
import type { World } from '../core/world';
import {
  describeEvent,
  describeExecution,
  describeStateMachine,
  describeStateMachineOf,
  summarizeExecution,
} from './answers';
import { ExecutionStore } from './execution-store';
import { LogDelivery } from './log-delivery';
import { MachineStore } from './machine-store';
import { noticeOf } from './notices';
import { redrive } from './redrive';
import { TagStore } from './tags';
import { TaskTokens } from './task-tokens';
import { tokenOperations } from './token-operations';

const LIST = {
  ...{ usual: 100, least: 0, most: 1_000, sizeIn: 'maxResults', tokenIn: 'nextToken', tokenError: 'InvalidToken' },
} as const;

const reading =
  (operation: (input: Reader) => Output | Promise<Output>): Operation =>
  (input: Input) =>
    operation(new Reader(input));

/** AWS Step Functions: standard state machines. */
export const createStates = (world: World): Service => {
  const machines = new MachineStore(world);
  const tags = new TagStore(world);
  const logs = new LogDelivery(world);
  const notice = noticeOf(world);
  const tokens = new TaskTokens();
  const executions = new ExecutionStore(
    world,
    machines,
    {
      event: (execution, event) => {
        logs.add(execution, event);
      },
      status: notice,
    },
    tokens,
  );
  world.onOpen(() => {
    executions.resume();
  });
  world.onClose(async () => {
    await executions.close();
    await logs.flush();
  });

  const machineOperations = {
    CreateStateMachine: reading(async (input) => {
      const { arn, createdAt } = await machines.create(input);
      tags.add(arn, input.records('tags'));
      return { stateMachineArn: arn, creationDate: createdAt };
    }),
    UpdateStateMachine: reading(async (input) => {
      const { revisionId } = await machines.update(input);
      return { updateDate: world.clock.date(), revisionId };
    }),
    DeleteStateMachine: reading((input) => {
      const arn = input.text('stateMachineArn');
      machines.delete(arn);
      tags.forget(arn);
      for (const execution of executions.of(arn)) execution.abort(undefined, 'the state machine was deleted');
      return {};
    }),
    DescribeStateMachine: reading((input) => describeStateMachine(machines.get(input.text('stateMachineArn')))),
    ListStateMachines: reading((input) => {
      const { page, next } = pageOf(input, machines.list(), LIST, ({ arn }) => arn);
      const stateMachines = page.map(({ arn, name, createdAt }) => ({
        ...{ stateMachineArn: arn, name, type: 'STANDARD', creationDate: createdAt },
      }));
      return { stateMachines, nextToken: next };
    }),
  };

  const executionOperations = {
    StartExecution: reading((input) => {
      const { arn, startedAt } = executions.start(input).record;
      return { executionArn: arn, startDate: startedAt };
    }),
    StopExecution: reading((input) => {
      const execution = executions.get(input.text('executionArn'));
      execution.abort(input.optionalText('error'), input.optionalText('cause'));
      return { stopDate: execution.record.stoppedAt };
    }),
    DescribeExecution: reading((input) =>
      describeExecution(executions.get(input.text('executionArn')), world.clock.now()),
    ),
    RedriveExecution: reading(async (input) => {
      const execution = executions.get(input.text('executionArn'));
      await redrive(execution, world.clock.now(), input.optionalText('clientToken'));
      return { redriveDate: execution.record.redrivenAt };
    }),
    DescribeStateMachineForExecution: reading((input) => {
      const { stateMachine } = executions.get(input.text('executionArn')).record;
      return describeStateMachineOf(stateMachine);
    }),
    ListExecutions: reading((input) => {
      const { arn } = machines.get(input.text('stateMachineArn'));
      const status = input.optionalText('statusFilter');
      const wasRedriven = input.optionalText('redriveFilter');
      const wanted = executions
        .of(arn)
        .filter((execution) => status === undefined || execution.status === status)
        .filter(({ record }) => wasRedriven === undefined || (wasRedriven === 'REDRIVEN') === record.redrives > 0);
      const { page, next } = pageOf(input, wanted, LIST, ({ record }) => record.arn);
      return { executions: page.map(summarizeExecution), nextToken: next };
    }),
    GetExecutionHistory: reading((input) => {
      const { events } = executions.get(input.text('executionArn')).history;
      const withData = !input.has('includeExecutionData') || input.flag('includeExecutionData');
      const { page, next } = pageOf(
        input,
        input.flag('reverseOrder') ? [...events].reverse() : events,
        LIST,
        ({ id }) => String(id),
      );
      return { events: page.map((event) => describeEvent(event, withData)), nextToken: next };
    }),
  };

  const tagOperations = {
    TagResource: reading((input) => {
      tags.add(machines.get(input.text('resourceArn')).arn, input.records('tags'));
      return {};
    }),
    UntagResource: reading((input) => {
      tags.remove(machines.get(input.text('resourceArn')).arn, input.texts('tagKeys'));
      return {};
    }),
    ListTagsForResource: reading((input) => ({ tags: tags.list(machines.get(input.text('resourceArn')).arn) })),
  };

  return {
    name: 'states',
    operations: { ...machineOperations, ...executionOperations, ...tagOperations, ...tokenOperations(tokens) },
  };
};
