import { randomBytes } from 'node:crypto';
import { vi } from 'vitest';
import type { Endpoint } from '../../../local/endpoint';
import { type Clients, type ClientOptions, clientsFor } from './clients';

/** What an account must have for jobs to run: on AWS it is named by variables, here anything will do. */
export interface Places {
  readonly subnets: readonly string[];
  readonly securityGroupIds: readonly string[];
  /** An instance profile of Amazon ECS. */
  readonly instanceRole: string;
}

/** Where a row is tried. */
export interface Target {
  readonly clients: Clients;
  /** What `clients` are made with, for further ones. */
  readonly clientOptions: ClientOptions;
  readonly account: string;
  readonly region: string;
  /** A name that nothing else has. */
  readonly name: (prefix: string) => string;
  /** Looks until it does not throw, for what takes a moment. */
  readonly eventually: <T>(look: () => Promise<T> | T) => Promise<T>;
  /** Runs after the row, last first. */
  readonly cleanup: (undo: () => unknown) => void;
  /** Skips the row where the account has no such places. */
  readonly places: () => Places;
}

/** An endpoint of a row's own, which it may drive, disturb and stop. */
export interface OwnTarget extends Target {
  readonly endpoint: Endpoint;
}

/** Thrown by a row that the endpoint cannot try; the runner skips it with these words. */
export class Skipped extends Error {}

export interface TargetOptions {
  readonly clientOptions: ClientOptions;
  readonly account: string;
  readonly places: Places | undefined;
  /** How long `eventually` looks, and how often. */
  readonly patience: { readonly timeout: number; readonly interval: number };
}

/** A target of one row, and what ends it. */
export const createTarget = (
  { clientOptions, account, places, patience }: TargetOptions,
  clients = clientsFor(clientOptions),
): { readonly target: Target; readonly end: () => Promise<void> } => {
  const undos: (() => unknown)[] = [];
  const target: Target = {
    clients,
    clientOptions,
    account,
    region: clientOptions.region,
    name: (prefix) => `${prefix}-${randomBytes(5).toString('hex')}`,
    eventually: (look) => vi.waitFor(look, patience),
    cleanup: (undo) => undos.push(undo),
    places: () => {
      if (places === undefined) throw new Skipped('no subnets, security groups and instance profile are named');
      return places;
    },
  };
  const end = async (): Promise<void> => {
    for (const undo of undos.reverse()) await undo();
  };
  return { target, end };
};
