import type { Clock } from '../../core/clock';
import { StateFailure } from '../language/failure';

/** Details of an event under the name that the API gives them, such as `stateEnteredEventDetails`. */
export type EventDetails = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One thing that happened in an execution, named as AWS names it. */
export interface HistoryEvent {
  readonly id: number;
  /** 0 for the first of a chain. */
  readonly previousEventId: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly type: string;
  readonly details: EventDetails;
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
export const MAX_EVENTS = 25_000;

/** What happened in one execution, oldest first. */
export class History {
  private readonly list: HistoryEvent[];

  constructor(
    private readonly clock: Clock,
    private readonly listener: (event: HistoryEvent) => void = () => undefined,
    events: Iterable<HistoryEvent> = [],
  ) {
    this.list = [...events];
  }

  get events(): readonly HistoryEvent[] {
    return this.list;
  }

  /** Adds an event after another one and returns its id. */
  add(type: string, previousEventId: number, details: EventDetails = {}): number {
    // The last place is for the event that ends the execution.
    if (this.list.length >= MAX_EVENTS - 1 && !type.startsWith('Execution')) {
      throw new StateFailure(
        'States.Runtime',
        `The execution reached the maximum number of history events (${MAX_EVENTS}).`,
      );
    }
    const event = { id: this.list.length + 1, previousEventId, at: this.clock.now(), type, details };
    this.list.push(event);
    this.listener(event);
    return event.id;
  }
}
