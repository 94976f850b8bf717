declare module 'dynalite' {
  import type { Server } from 'node:http';

  interface Options {
    /** A folder; in memory when absent. */
    readonly path?: string;
    /** How long a table stays CREATING, in milliseconds. */
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  const dynalite: (options?: Options) => Server;
  export = dynalite;
}
