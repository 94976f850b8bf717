import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { Reader } from '../core/reader';
import type { World } from '../core/world';
import { Execution, type ExecutionListener } from './execution';
import { bytesOf, MAX_DATA_BYTES, parseJson } from './language/json';
import { ExecutionRecords } from './execution-records';
import type { MachineStore } from './machine-store';
import type { TaskTokens } from './task-tokens';

const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

const checkInput = (text: string): void => {
  if (bytesOf(text) > MAX_DATA_BYTES) {
    throw new AwsError('InvalidExecutionInput', `the input has more than ${MAX_DATA_BYTES} bytes`);
  }
  try {
    parseJson(text);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${String(error)}'`);
  }
};

/** How long the name of an execution that has ended is taken. */
const NAME_TAKEN_MS = 90 * 86_400_000;

/** The executions of all state machines. */
export class ExecutionStore {
  private readonly executions = new Map<string, Execution>();
  private readonly records: ExecutionRecords;
  private readonly listener: ExecutionListener;

  constructor(
    private readonly world: World,
    private readonly machines: MachineStore,
    listener: Omit<ExecutionListener, 'progress'>,
    private readonly tokens: TaskTokens,
  ) {
    const records = (this.records = new ExecutionRecords(world));
    this.listener = {
      event: (execution, event) => {
        records.keepEvent(execution.record, event);
        listener.event(execution, event);
      },
      status: (execution) => {
        records.keep(execution.record);
        listener.status(execution);
      },
      progress: ({ record }, progress) => {
        records.keepProgress(record, progress);
      },
    };
    for (const { record, events, progress } of this.records) {
      const execution = new Execution(world, record, this.listener, tokens, progress, events);
      this.executions.set(record.arn, execution);
    }
  }

  /** Goes on with what ran when the endpoint ended. */
  resume(): void {
    for (const execution of this.executions.values()) if (execution.status === 'RUNNING') execution.resume();
  }

  start(request: Reader): Execution {
    const stateMachine = this.machines.get(request.text('stateMachineArn'));
    const name = request.optionalText('name') ?? randomUUID();
    if (!NAME.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    const input = request.optionalText('input') ?? '{}';
    checkInput(input);
    const arn = this.world.arn('states', `execution:${stateMachine.name}:${name}`);
    const startedAt = this.world.clock.date();
    const known = this.executions.get(arn);
    if (known !== undefined) {
      if (known.status === 'RUNNING' && known.record.input === input) return known;
      const { stoppedAt = startedAt } = known.record;
      if (startedAt.getTime() - stoppedAt.getTime() < NAME_TAKEN_MS) {
        throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
      this.records.forget(arn);
    }
    const record = { arn, name, stateMachine, input, startedAt, redrives: 0 };
    const execution = new Execution(this.world, record, this.listener, this.tokens);
    this.executions.set(arn, execution);
    execution.start();
    return execution;
  }

  get(arn: string): Execution {
    const found = this.executions.get(arn);
    if (found === undefined) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return found;
  }

  /** Newest first. */
  of(stateMachineArn: string): readonly Execution[] {
    return [...this.executions.values()].filter(({ record }) => record.stateMachine.arn === stateMachineArn).reverse();
  }

  async close(): Promise<void> {
    const running = [...this.executions.values()];
    for (const execution of running) {
      if (this.world.persistent) execution.suspend();
      else execution.abort('States.Runtime', 'the endpoint stops');
    }
    await Promise.all(running.map((execution) => execution.finished()));
  }
}
