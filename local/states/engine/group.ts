import { Interruption } from '../language/failure';
import type { Json, JsonObject } from '../language/json';
import { Scope } from './scope';

/** Runs chains of states side by side; the first failure ends the others. */
export class Group {
  private readonly controller = new AbortController();

  constructor(private readonly parent: Scope) {
    const stop = (): void => {
      this.controller.abort(parent.signal.reason);
    };
    parent.signal.addEventListener('abort', stop, { signal: this.controller.signal });
    if (parent.signal.aborted) stop();
  }

  /** A chain of this group. */
  scope(index: number, map?: JsonObject): Scope {
    const { parent } = this;
    return new Scope(parent.context, this.controller.signal, parent.progressOf(index), parent, map);
  }

  /** Runs the work items, at most `limit` at once, and gives their results in the order of the items. */
  async run(works: readonly (() => Promise<Json>)[], limit: number): Promise<readonly Json[]> {
    const results: Json[] = [];
    const queue = [...works.entries()];
    const worker = async (): Promise<void> => {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
        this.controller.signal.throwIfAborted();
        results[item[0]] = await item[1]();
      }
    };
    const workers = Array.from({ length: Math.min(limit, works.length) }, worker);
    try {
      await Promise.all(workers);
    } catch (error) {
      this.controller.abort(new Interruption('another branch failed'));
      await Promise.allSettled(workers);
      throw error;
    } finally {
      this.controller.abort();
    }
    return results;
  }
}
