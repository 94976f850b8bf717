import type { Clients } from '../conformance/kit/clients';

/** A deployed subject, and what to use it with. */
export interface Visit {
  readonly clients: Clients;
  /** The physical id of the only resource whose logical id begins like this. */
  readonly id: (start: string) => string;
  /** Clients of whoever takes on a role, by the beginning of its logical id. */
  readonly as: (role: string) => Promise<Clients>;
  /** Drives the clock of the endpoint. */
  readonly advance: (milliseconds: number) => Promise<void>;
  /** Looks until it does not throw; gives up as soon as what is looked for was denied. */
  readonly eventually: <T>(look: () => Promise<T>) => Promise<T>;
}

/** One way through a subject, from end to end; rejects when the end is not reached. */
export type Route = (visit: Visit) => Promise<void>;

/** An app whose permissions are proved. */
export interface Subject {
  readonly stack: string;
  /** File of the compiled app. */
  readonly app: string;
  /** A stack of the same app that has to be there before. */
  readonly after?: string;
  /** Makes what the app expects in the account. */
  readonly prepare?: (clients: Clients) => Promise<unknown>;
  /** By what they do, in the order in which they are tried. */
  readonly routes: Readonly<Record<string, Route>>;
}
