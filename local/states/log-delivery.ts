import { AwsError } from '../core/errors';
import type { Input } from '../core/service';
import { persistently } from '../core/transient';
import type { World } from '../core/world';
import type { HistoryEvent } from './engine/history';
import type { Execution } from './execution';
import type { LogSettings } from './settings';

const FLUSH_MS = 100;

const wanted = ({ level }: LogSettings, type: string): boolean => {
  if (level === 'ALL') return true;
  const bad = /(Failed|Aborted|TimedOut)$/.test(type);
  return bad && (level === 'ERROR' || type.startsWith('Execution'));
};

const DATA = ['input', 'output', 'parameters', 'assignedVariables'];

const messageOf = (execution: Execution, event: HistoryEvent, settings: LogSettings): string => {
  const details = Object.values(event.details).at(0) ?? {};
  const shown = Object.entries(details).filter(([name]) => settings.includeExecutionData || !DATA.includes(name));
  return JSON.stringify({
    ...{ id: String(event.id), type: event.type, details: Object.fromEntries(shown) },
    ...{ previous_event_id: String(event.previousEventId), event_timestamp: String(event.at) },
    execution_arn: execution.record.arn,
  });
};

/** Writes the history of executions to the log groups of their state machines. */
export class LogDelivery {
  private readonly waiting = new Map<Execution, { timestamp: number; message: string }[]>();
  private timer: NodeJS.Timeout | undefined;
  private sent = Promise.resolve();

  constructor(private readonly world: World) {}

  add(execution: Execution, event: HistoryEvent): void {
    const { logs } = execution.record.stateMachine.settings;
    if (logs === undefined || !wanted(logs, event.type)) return;
    const entries = this.waiting.get(execution) ?? [];
    entries.push({ timestamp: event.at, message: messageOf(execution, event, logs) });
    this.waiting.set(execution, entries);
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
  }

  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batches = [...this.waiting];
    this.waiting.clear();
    this.sent = this.sent.then(async () => {
      await Promise.all(batches.map(([execution, logEvents]) => this.write(execution, logEvents)));
    });
    return this.sent;
  }

  private async write(execution: Execution, logEvents: readonly object[]): Promise<void> {
    const { stateMachine, startedAt, name } = execution.record;
    const day = startedAt.toISOString().slice(0, 10);
    const place = {
      logGroupName: stateMachine.settings.logs?.logGroup,
      logStreamName: `states/${stateMachine.name}/${day}/${name}`,
    };
    const principal = { arn: 'delivery.logs.amazonaws.com' };
    const call = (operation: string, input: Input) =>
      persistently(this.world.clock, () => this.world.call({ service: 'logs', operation, input, principal }));
    const put = () => call('PutLogEvents', { ...place, logEvents });
    try {
      await put().catch(async (error: unknown) => {
        if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
        await call('CreateLogStream', place);
        await put();
      });
    } catch (error) {
      this.world.note(`no logs for execution ${name}: ${String(error)}`);
    }
  }
}
