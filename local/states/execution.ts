import type { World } from '../core/world';
import { History, type HistoryEvent } from './engine/history';
import { runMachine } from './engine/interpreter';
import { Scope } from './engine/scope';
import { Interruption, StateFailure } from './language/failure';
import type { Json } from './language/json';
import type { StateMachine } from './machine-store';
import type { TaskTokens } from './task-tokens';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** How an execution ended. */
interface Ending {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** Who wants to know what happens to an execution. */
export interface ExecutionListener {
  event(execution: Execution, event: HistoryEvent): void;
  status(execution: Execution): void;
}

const WHOLE = { truncated: false };

/** One run of a state machine, as the machine was when it began. */
export class Execution {
  readonly startedAt = new Date();
  readonly history: History;
  stoppedAt: Date | undefined;
  ending: Ending | undefined;

  private readonly controller = new AbortController();
  private settled: Promise<void> = Promise.resolve();

  constructor(
    readonly arn: string,
    readonly name: string,
    readonly stateMachine: StateMachine,
    readonly input: string,
    private readonly data: Json,
    private readonly listener: ExecutionListener,
    private readonly tokens: TaskTokens,
  ) {
    this.history = new History((event) => {
      listener.event(this, event);
    });
  }

  get status(): ExecutionStatus {
    return this.ending?.status ?? 'RUNNING';
  }

  start(world: World): void {
    const { roleArn, machine } = this.stateMachine;
    this.history.add('ExecutionStarted', 0, {
      executionStartedEventDetails: { input: this.input, inputDetails: WHOLE, roleArn },
    });
    this.listener.status(this);
    const expire = (): void => {
      this.end({ status: 'TIMED_OUT', error: 'States.Timeout' });
    };
    const { timeoutSeconds } = machine;
    const timer = timeoutSeconds === undefined ? undefined : world.clock.after(timeoutSeconds * 1_000, expire);
    // In the next turn, so that who starts an execution has its ARN before the first task runs.
    this.settled = new Promise((resolve) => setImmediate(resolve))
      .then(() => this.run(world))
      .finally(() => timer?.cancel());
  }

  /** Ends the execution from outside; its running tasks are stopped. */
  abort(error?: string, cause?: string): void {
    this.end({ status: 'ABORTED', error, cause });
  }

  /** Resolves when nothing of the execution runs any more. */
  finished(): Promise<void> {
    return this.settled;
  }

  private async run(world: World): Promise<void> {
    const { stateMachine, history } = this;
    const context = {
      world,
      history,
      tokens: this.tokens,
      principal: { arn: stateMachine.roleArn },
      execution: {
        ...{ Id: this.arn, Input: this.data, Name: this.name, RoleArn: stateMachine.roleArn },
        ...{ StartTime: this.startedAt.toISOString(), RedriveCount: 0 },
      },
      stateMachine: { Id: stateMachine.arn, Name: stateMachine.name },
    };
    try {
      const output = await runMachine(stateMachine.machine, this.data, new Scope(context, this.controller.signal));
      this.end({ status: 'SUCCEEDED', output: JSON.stringify(output) });
    } catch (error) {
      if (error instanceof Interruption) return;
      if (error instanceof StateFailure) {
        this.end({ status: 'FAILED', error: error.error, cause: error.reason });
        return;
      }
      world.note(
        `execution ${this.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      this.end({ status: 'FAILED', error: 'States.Runtime', cause: String(error) });
    }
  }

  private end(ending: Ending): void {
    if (this.ending !== undefined) return;
    this.ending = ending;
    this.stoppedAt = new Date();
    this.controller.abort(new Interruption(ending.status));
    const { status, output, error, cause } = ending;
    const type = { SUCCEEDED: 'Succeeded', FAILED: 'Failed', TIMED_OUT: 'TimedOut', ABORTED: 'Aborted' }[status];
    const details = output === undefined ? { error, cause } : { output, outputDetails: WHOLE };
    this.history.add(`Execution${type}`, this.history.events.at(-1)?.id ?? 0, {
      [`execution${type}EventDetails`]: details,
    });
    this.listener.status(this);
  }
}
