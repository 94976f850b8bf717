import { createHash } from 'node:crypto';
import { AwsError } from './errors';
import { matchesWildcard } from './wildcard';

/** What can go wrong on purpose. */
export const FAULT_KINDS = ['throttle', 'error', 'latency', 'duplicate', 'reorder', 'reclaim', 'kill'] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** Something that goes wrong on purpose. */
export interface Fault {
  readonly kind: FaultKind;
  /** Where: `batch:SubmitJob`, `events:RULE`, `batch:QUEUE`, `lambda:FUNCTION:before`; `*` stands for any text. */
  readonly at: string;
  /** How often, from 0 to 1; always by default. */
  readonly probability?: number;
  /** After how many it ends; never by default. */
  readonly times?: number;
  /** How long a latency is, and how late a reclaim or a reordered event comes. */
  readonly milliseconds?: number;
}

/** A fraction of 1 that depends on nothing but what is given, so that the same seed gives the same run. */
const fractionOf = (...parts: readonly (string | number)[]): number =>
  createHash('sha256').update(parts.join('\n')).digest().readUInt32BE() / 2 ** 32;

/** Decides what goes wrong. The n-th call at a place has the same fate in every run with the same seed. */
export class Faults {
  private faults: readonly Fault[] = [];
  private struck = new Map<Fault, number>();
  private seen = new Map<string, number>();

  constructor(private readonly seed = 0) {}

  /** Replaces all faults. */
  set(faults: readonly Fault[]): void {
    this.faults = faults;
    this.struck = new Map();
    this.seen = new Map();
  }

  /** The fault that happens at a place now. */
  strike(kind: FaultKind, place: string): Fault | undefined {
    return this.faults.find((fault, index) => {
      if (fault.kind !== kind || !matchesWildcard(fault.at, place)) return false;
      const key = `${index}\n${place}`;
      const nth = this.seen.get(key) ?? 0;
      this.seen.set(key, nth + 1);
      const struck = this.struck.get(fault) ?? 0;
      if (struck >= (fault.times ?? Infinity)) return false;
      if (fractionOf(this.seed, key, nth) >= (fault.probability ?? 1)) return false;
      this.struck.set(fault, struck + 1);
      return true;
    });
  }
}

const TOO_MANY = 429;
const SLOW_DOWN = 503;
const INTERNAL = 500;

/** As each service throttles; clients know these codes and try again. */
const THROTTLED: Readonly<Record<string, readonly [code: string, status: number]>> = {
  batch: ['TooManyRequestsException', TOO_MANY],
  lambda: ['TooManyRequestsException', TOO_MANY],
  s3: ['SlowDown', SLOW_DOWN],
};

const BROKEN: Readonly<Record<string, string>> = {
  batch: 'ServerException',
  dynamodb: 'InternalServerError',
  lambda: 'ServiceException',
  s3: 'InternalError',
};

/** The answer of a service that throttles. */
export const throttled = (service: string): AwsError => {
  const [code, status] = THROTTLED[service] ?? ['ThrottlingException', 400];
  return new AwsError(code, 'Rate exceeded', status);
};

/** The answer of a service that fails by itself. */
export const broken = (service: string): AwsError =>
  new AwsError(BROKEN[service] ?? 'InternalFailure', 'a fault on purpose', INTERNAL);
