import type { Collection } from '../core/collection';
import type { World } from '../core/world';
import type { HistoryEvent } from './engine/history';
import { kept, type Progress } from './engine/progress';
import type { ExecutionRecord } from './execution';

/** What is left of executions when the endpoint starts again. */
export class ExecutionRecords {
  private readonly records: Collection<ExecutionRecord>;
  private readonly progress: Collection<Progress>;
  private readonly events: Collection<HistoryEvent & { readonly of: string }>;

  constructor(private readonly world: World) {
    this.records = world.collection('states/executions');
    this.progress = world.collection('states/progress');
    this.events = world.collection('states/events');
  }

  keep(record: ExecutionRecord): void {
    if (this.world.persistent) this.records.set(record.arn, record);
  }

  keepProgress({ arn }: ExecutionRecord, progress: Progress): void {
    if (this.world.persistent) this.progress.set(arn, kept(progress));
  }

  keepEvent({ arn }: ExecutionRecord, event: HistoryEvent): void {
    if (this.world.persistent) this.events.set(`${arn}/${event.id}`, { ...event, of: arn });
  }

  forget(arn: string): void {
    this.progress.delete(arn);
    for (const key of this.events.keys()) if (key.startsWith(`${arn}/`)) this.events.delete(key);
  }

  /** All executions, as they were when the endpoint ended. */
  *[Symbol.iterator](): Iterator<{ record: ExecutionRecord; events: HistoryEvent[]; progress?: Progress }> {
    const histories = new Map<string, HistoryEvent[]>();
    for (const { of, ...event } of this.events.values()) {
      const list = histories.get(of) ?? [];
      list.push(event);
      histories.set(of, list);
    }
    for (const [arn, record] of this.records) {
      yield { record, events: histories.get(arn) ?? [], progress: this.progress.get(arn) };
    }
  }
}
