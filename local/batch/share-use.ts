/** What a share of a fair-share queue uses, now and before: what was long ago counts less and less. */
export class ShareUse {
  private vcpus = 0;
  private average = 0;

  /** Times are milliseconds since 1970. */
  constructor(private at: number) {}

  /** vCPUs of its running jobs. */
  get used(): number {
    return this.vcpus;
  }

  change(vcpus: number, now: number, windowMs: number): void {
    this.settle(now, windowMs);
    this.vcpus += vcpus;
  }

  /** vCPUs in use, and those that were on average in the window that its past is remembered for. */
  loadAt(now: number, windowMs: number): number {
    this.settle(now, windowMs);
    return this.vcpus + this.average;
  }

  private settle(now: number, windowMs: number): void {
    const kept = Math.exp(-Math.max(0, now - this.at) / windowMs);
    this.average = this.average * kept + this.vcpus * (1 - kept);
    this.at = now;
  }
}
