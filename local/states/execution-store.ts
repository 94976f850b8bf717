import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { Reader } from '../core/reader';
import type { World } from '../core/world';
import { Execution, type ExecutionListener } from './execution';
import { bytesOf, type Json, MAX_DATA_BYTES, parseJson } from './language/json';
import type { MachineStore } from './machine-store';
import type { TaskTokens } from './task-tokens';

const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

const inputOf = (text: string): Json => {
  if (bytesOf(text) > MAX_DATA_BYTES) {
    throw new AwsError('InvalidExecutionInput', `the input has more than ${MAX_DATA_BYTES} bytes`);
  }
  try {
    return parseJson(text);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${String(error)}'`);
  }
};

/** The executions of all state machines; they are kept as long as the endpoint runs. */
export class ExecutionStore {
  private readonly executions = new Map<string, Execution>();

  constructor(
    private readonly world: World,
    private readonly machines: MachineStore,
    private readonly listener: ExecutionListener,
    private readonly tokens: TaskTokens,
  ) {}

  start(request: Reader): Execution {
    const stateMachine = this.machines.get(request.text('stateMachineArn'));
    const name = request.optionalText('name') ?? randomUUID();
    if (!NAME.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    const input = request.optionalText('input') ?? '{}';
    const data = inputOf(input);
    const arn = this.world.arn('states', `execution:${stateMachine.name}:${name}`);
    const known = this.executions.get(arn);
    if (known !== undefined) {
      if (known.status === 'RUNNING' && known.input === input) return known;
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
    }
    const execution = new Execution(arn, name, stateMachine, input, data, this.listener, this.tokens);
    this.executions.set(arn, execution);
    execution.start(this.world);
    return execution;
  }

  get(arn: string): Execution {
    const found = this.executions.get(arn);
    if (found === undefined) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return found;
  }

  /** Newest first. */
  of(stateMachineArn: string): readonly Execution[] {
    return [...this.executions.values()].filter(({ stateMachine }) => stateMachine.arn === stateMachineArn).reverse();
  }

  async close(): Promise<void> {
    const running = [...this.executions.values()];
    for (const execution of running) execution.abort('States.Runtime', 'the endpoint stops');
    await Promise.all(running.map((execution) => execution.finished()));
  }
}
