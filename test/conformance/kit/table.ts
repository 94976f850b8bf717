import type { OwnTarget, Target } from './target';

interface Facts {
  /** What is true, as a short sentence: the title of the test and the row of docs/conformance.md. */
  readonly behaviour: string;
  /** The page that says so: a path below https://docs.aws.amazon.com/, or a whole address. */
  readonly source: string;
  /** How we differ, where we know that we do. */
  readonly differs?: string;
}

/** A behaviour that clients see: it is tried on any endpoint. */
interface SharedRow extends Facts {
  readonly test: (target: Target) => Promise<void>;
}

/** A behaviour that takes a clock, faults or processes of our own: it is tried on an endpoint of its own. */
interface OwnRow extends Facts {
  readonly local: (target: OwnTarget) => Promise<void>;
}

/** One behaviour, where it is documented, and its test. */
export type Row = SharedRow | OwnRow;

/** What a service does about one topic. */
export interface Table {
  readonly service: string;
  readonly topic: string;
  readonly rows: readonly Row[];
}

/** Names the rows of a topic. */
export const table = (service: string, topic: string, rows: readonly Row[]): Table => ({ service, topic, rows });

/** The whole address of a source. */
export const addressOf = (source: string): string =>
  source.startsWith('https://') ? source : `https://docs.aws.amazon.com/${source}`;
