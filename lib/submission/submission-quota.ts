import type { IConstruct } from 'constructs';
import type { QuotaPeriod, QuotaTarget } from '../contracts/submission';
import { checkRange } from '../private/check';

const MAX_JOBS = 1_000_000_000;

/**
 * How many jobs a team may submit through a gateway: each child of an array job is one, and so is a job without children.
 *
 * The count starts anew with each day or hour in UTC. Requests that were made before (`idempotencyKey`) and those that AWS
 * Batch refuses or has no time for cost nothing. When the gateway is cut off while it submits, what it meant to submit stays
 * counted.
 *
 * **Cost**: one write of DynamoDB for each request, two for one that AWS Batch refuses; each is a transaction and paid twice.
 */
export class SubmissionQuota {
  /** At most so many jobs a day, from midnight to midnight UTC; from 1 to 1,000,000,000. */
  public static perDay(jobs: number): SubmissionQuota {
    return new SubmissionQuota(jobs, 'day');
  }

  /** At most so many jobs in each hour of the clock; from 1 to 1,000,000,000. */
  public static perHour(jobs: number): SubmissionQuota {
    return new SubmissionQuota(jobs, 'hour');
  }

  private constructor(
    /** Most jobs in a day or an hour. */
    public readonly jobs: number,
    private readonly per: QuotaPeriod,
  ) {}

  /** As the function reads it. @internal */
  public _render(scope: IConstruct): QuotaTarget {
    checkRange(scope, 'quota', this.jobs, 1, MAX_JOBS, { unit: 'jobs', check: 'pipeline-gateway-quota' });
    return { jobs: this.jobs, per: this.per };
  }
}
