/** Lets many work side by side, or one alone. Whoever wants to be alone waits for those before, and holds those after. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private together = new Set<Promise<unknown>>();

  /** Works at the same time as others that do so. */
  shared<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    const ended = done.catch(() => undefined);
    this.together.add(ended);
    void ended.finally(() => this.together.delete(ended));
    return done;
  }

  /** Works while nobody else does. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const before = Promise.all([this.last, ...this.together]);
    const done = before.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }
}
