/** A priority queue: `push` and `pop` cost O(log n), `peek` is free. */
export class Heap<T> {
  private readonly items: T[] = [];

  constructor(private readonly before: (left: T, right: T) => boolean) {}

  get size(): number {
    return this.items.length;
  }

  peek(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    let hole = this.items.length;
    this.items.push(item);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.before(item, this.items[parent])) break;
      this.items[hole] = this.items[parent];
      hole = parent;
    }
    this.items[hole] = item;
  }

  pop(): T | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (last !== undefined && this.items.length > 0) this.sink(last);
    return first;
  }

  /** All items in order. */
  sorted(): readonly T[] {
    return [...this.items].sort((left, right) => (this.before(left, right) ? -1 : 1));
  }

  private sink(item: T): void {
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= this.items.length) break;
      if (child + 1 < this.items.length && this.before(this.items[child + 1], this.items[child])) child += 1;
      if (!this.before(this.items[child], item)) break;
      this.items[hole] = this.items[child];
      hole = child;
    }
    this.items[hole] = item;
  }
}
