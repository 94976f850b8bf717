import type { World } from '../core/world';
import { History, type HistoryEvent } from './engine/history';
import { newProgress, prepareRedrive, type Progress } from './engine/progress';
import { runMachine } from './engine/interpreter';
import { Scope } from './engine/scope';
import { Interruption, StateFailure, Suspension } from './language/failure';
import { parseJson } from './language/json';
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
  progress(execution: Execution, progress: Progress): void;
}

const WHOLE = { truncated: false };

/** What is known of an execution, apart from how far it has come. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly name: string;
  /** As it was when the execution began. */
  readonly stateMachine: StateMachine;
  readonly input: string;
  readonly startedAt: Date;
  readonly redrives: number;
  readonly redrivenAt?: Date;
  readonly stoppedAt?: Date;
  readonly ending?: Ending;
}

/** One run of a state machine. */
export class Execution {
  readonly history: History;
  /** The token of the request that redrove it last. */
  lastRedrive: string | undefined;

  private controller = new AbortController();
  private settled: Promise<void> = Promise.resolve();

  constructor(
    private readonly world: World,
    private facts: ExecutionRecord,
    private readonly listener: ExecutionListener,
    private readonly tokens: TaskTokens,
    private readonly progress: Progress = newProgress(),
    events: readonly HistoryEvent[] = [],
  ) {
    const listen = (event: HistoryEvent): void => {
      listener.event(this, event);
    };
    this.history = new History(world.clock, listen, events);
  }

  get record(): ExecutionRecord {
    return this.facts;
  }

  get status(): ExecutionStatus {
    return this.facts.ending?.status ?? 'RUNNING';
  }

  start(): void {
    const { input, stateMachine } = this.facts;
    this.history.add('ExecutionStarted', 0, {
      executionStartedEventDetails: { input, inputDetails: WHOLE, roleArn: stateMachine.roleArn },
    });
    this.listener.status(this);
    this.resume();
  }

  /** Goes on where it was when it ended without success. */
  redrive(token: string | undefined): void {
    const ended = { ending: undefined, stoppedAt: undefined };
    const redrives = this.facts.redrives + 1;
    this.facts = { ...this.facts, ...ended, redrives, redrivenAt: this.world.clock.date() };
    this.lastRedrive = token;
    this.controller = new AbortController();
    prepareRedrive(this.progress);
    this.progress.last = this.history.add('ExecutionRedriven', this.history.events.at(-1)?.id ?? 0, {
      executionRedrivenEventDetails: { redriveCount: redrives },
    });
    this.listener.status(this);
    this.resume();
  }

  /** Runs from where it is, in what is left of its time. */
  resume(): void {
    const { clock } = this.world;
    const { timeoutSeconds } = this.facts.stateMachine.machine;
    const since = (this.facts.redrivenAt ?? this.facts.startedAt).getTime();
    const expire = (): void => {
      this.end({ status: 'TIMED_OUT', error: 'States.Timeout' });
    };
    const timer =
      timeoutSeconds === undefined
        ? undefined
        : clock.after(Math.max(0, since + timeoutSeconds * 1_000 - clock.now()), expire);
    // In the next turn, so that who starts an execution has its ARN before the first task runs.
    this.settled = new Promise((resolve) => setImmediate(resolve))
      .then(() => this.run())
      .finally(() => timer?.cancel());
  }

  /** Ends the execution from outside; its running tasks are stopped. */
  abort(error?: string, cause?: string): void {
    this.end({ status: 'ABORTED', error, cause });
  }

  /** Stops here; it goes on when the endpoint starts again. */
  suspend(): void {
    this.controller.abort(new Suspension('the endpoint stops'));
  }

  /** Resolves when nothing of the execution runs any more. */
  finished(): Promise<void> {
    return this.settled;
  }

  private async run(): Promise<void> {
    const { world, history, tokens, controller, progress } = this;
    const { stateMachine, arn, name, input, startedAt, redrives, redrivenAt } = this.facts;
    const data = parseJson(input);
    const context = {
      ...{ world, history, tokens, principal: { arn: stateMachine.roleArn } },
      execution: {
        ...{ Id: arn, Input: data, Name: name, RoleArn: stateMachine.roleArn },
        ...{ StartTime: startedAt.toISOString(), RedriveCount: redrives },
        ...(redrivenAt === undefined ? {} : { RedriveTime: redrivenAt.toISOString() }),
      },
      stateMachine: { Id: stateMachine.arn, Name: stateMachine.name },
      keep: () => {
        this.listener.progress(this, progress);
      },
    };
    try {
      const output = await runMachine(stateMachine.machine, data, new Scope(context, controller.signal, progress));
      this.end({ status: 'SUCCEEDED', output: JSON.stringify(output) });
    } catch (error) {
      if (error instanceof Interruption || controller.signal.aborted) return;
      if (error instanceof StateFailure) {
        this.end({ status: 'FAILED', error: error.error, cause: error.reason });
        return;
      }
      world.note(
        `execution ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      this.end({ status: 'FAILED', error: 'States.Runtime', cause: String(error) });
    }
  }

  private end(ending: Ending): void {
    if (this.facts.ending !== undefined) return;
    this.facts = { ...this.facts, ending, stoppedAt: this.world.clock.date() };
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
