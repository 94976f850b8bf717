import { createServer, type Server } from 'node:http';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorld, type OpenWorld, type World } from './core/world';
import { CLIENT_CREDENTIALS } from './environment';
import { createFront } from './front/server';
import { SERVICES } from './services';

/** How an endpoint starts. */
export interface EndpointOptions {
  /** Any free one by default. */
  readonly port?: number;
  /** Where state lives, new or empty; a new temporary folder by default. */
  readonly directory?: string;
  /** Keeps the state when the endpoint stops. */
  readonly keep?: boolean;
  /** The host folder that stands in for the working directory of a container image, by image. */
  readonly workdirs?: Readonly<Record<string, string>>;
  /** The bundle of `local/lambda/runtime.ts`; beside the bundle of the endpoint by default. */
  readonly lambdaRuntime?: string;
  /** Where notes for a person go; nowhere by default. */
  readonly log?: (line: string) => void;
}

/** A running endpoint. */
export interface Endpoint {
  readonly url: string;
  readonly world: World;
  /** For clients of the person who deploys. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Ends all processes and sockets, and removes the state unless it is kept. */
  close(): Promise<void>;
  /** Removes the state unless it is kept, for when `close` does not end. */
  discard(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Longer than clients keep an idle socket: one that closes just as a request is sent fails that request. */
const KEEP_ALIVE_MS = 120_000;

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `port ${port} of ${HOST} is in use; stop what listens there, or take another port (0: any free one)`,
            )
          : new Error(`cannot listen on port ${port} of ${HOST}: ${error.message}`),
      );
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
    });
  });

const checkPort = (port: number): number => {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`'port' must be a whole number from 0 to 65535, got ${port}`);
  }
  return port;
};

/** A folder for the state, and how it is removed. */
const prepareDirectory = async (
  wanted: string | undefined,
): Promise<{ directory: string; remove: () => Promise<void> }> => {
  const directory = wanted ?? (await mkdtemp(join(tmpdir(), 'cdk-batch-platform-')));
  const isNew = wanted === undefined || (await mkdir(directory, { recursive: true })) !== undefined;
  const entries = async (): Promise<string[]> => (await readdir(directory)).map((name) => join(directory, name));
  // State is not read again, and what belongs to someone else must not be mixed with it.
  if ((await entries()).length > 0) {
    throw new Error(`the folder for the state must be new or empty, got '${directory}'; empty it, or name another one`);
  }
  const remove = async (): Promise<void> => {
    for (const path of isNew ? [directory] : await entries()) {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    }
  };
  return { directory, remove };
};

/** Starts an endpoint on this machine's loopback interface. */
export const startEndpoint = async (options: EndpointOptions = {}): Promise<Endpoint> => {
  const wanted = checkPort(options.port ?? 0);
  const { directory, remove } = await prepareDirectory(options.directory);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const start = async (): Promise<OpenWorld> =>
    createWorld({
      url: `http://${HOST}:${await listen(server, wanted)}`,
      directory,
      workdirs: options.workdirs,
      lambdaRuntime: options.lambdaRuntime,
      services: SERVICES,
      note: options.log ?? (() => undefined),
    });
  const open = await start().catch(async (error: unknown) => {
    server.close();
    await remove();
    throw error;
  });
  server.on('request', createFront(open));

  const discard = async (): Promise<void> => {
    if (options.keep !== true) await remove();
  };
  const stop = async (): Promise<void> => {
    server.close();
    await open.close();
    server.closeAllConnections();
    await discard();
  };
  let stopping: Promise<void> | undefined;
  const close = (): Promise<void> => (stopping ??= stop());
  return { url: open.world.url, world: open.world, credentials: CLIENT_CREDENTIALS, close, discard };
};
