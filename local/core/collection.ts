import type { Journal } from './journal';

/** Things by name, in the order of their making. What is set is in the journal of an endpoint that keeps its state. */
export class Collection<T> implements Iterable<readonly [string, T]> {
  private readonly things: Map<string, T>;

  constructor(
    private readonly name: string,
    things: Iterable<readonly [string, T]>,
    private readonly journal: Journal | undefined,
  ) {
    this.things = new Map(things);
  }

  get size(): number {
    return this.things.size;
  }

  get(key: string): T | undefined {
    return this.things.get(key);
  }

  has(key: string): boolean {
    return this.things.has(key);
  }

  /** Keeps a thing; it is written as it is when the journal writes, so set it again after it changed. */
  set(key: string, thing: T): void {
    this.things.set(key, thing);
    this.journal?.note(this.name, key, thing);
  }

  delete(key: string): boolean {
    const had = this.things.delete(key);
    if (had) this.journal?.note(this.name, key);
    return had;
  }

  keys(): IterableIterator<string> {
    return this.things.keys();
  }

  values(): IterableIterator<T> {
    return this.things.values();
  }

  [Symbol.iterator](): IterableIterator<readonly [string, T]> {
    return this.things.entries();
  }
}
