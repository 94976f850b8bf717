import { createServer, type Server } from 'node:http';
import { openEngine } from './batch/engine/container-engine';
import { withControl } from './control';
import type { Fault } from './core/faults';
import type { TraceRecord } from './core/trace';
import { createWorld, type OpenWorld, type Runner, type World } from './core/world';
import { CLIENT_CREDENTIALS } from './environment';
import { createFront } from './front/server';
import { createAuthorizer } from './iam/authorizer';
import { SERVICES } from './services';
import { openStateFolder } from './state-folder';

/** How an endpoint starts. */
export interface EndpointOptions {
  /** Any free one by default. */
  readonly port?: number;
  /**
   * Where the state is kept: new, empty, or of an endpoint before, which goes on. By default a temporary folder, which
   * is removed with the endpoint.
   */
  readonly directory?: string;
  /** The host folder that stands in for the working directory of a container image, by image. */
  readonly workdirs?: Readonly<Record<string, string>>;
  /** The bundle of `local/lambda/runtime.ts`; beside the bundle of the endpoint by default. */
  readonly lambdaRuntime?: string;
  /** The bundle of `local/batch/process-host/main.ts`; without it, the endpoint starts the commands of jobs itself. */
  readonly processHost?: string;
  /** What runs the commands of jobs; processes of this machine by default. */
  readonly runner?: Runner;
  /** Whether calls with a role's credentials are judged by its policies; they are by default. */
  readonly iam?: 'enforced' | 'off';
  /** What goes wrong on purpose, from the start. */
  readonly faults?: readonly Fault[];
  /** Decides which calls faults with a probability strike; the same seed, the same calls. */
  readonly seed?: number;
  /** Gets a record of each call that has ended. */
  readonly trace?: (record: TraceRecord) => void;
  /** Where notes for a person go; nowhere by default. */
  readonly log?: (line: string) => void;
}

/** A running endpoint. */
export interface Endpoint {
  readonly url: string;
  readonly world: World;
  /** For clients of the person who deploys. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Ends all processes and sockets; a temporary state is removed. */
  close(): Promise<void>;
  /** Gives the state up, for when `close` does not end. */
  discard(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Longer than clients keep an idle socket: one that closes just as a request is sent fails that request. */
const KEEP_ALIVE_MS = 120_000;
/** Large objects come and go in fewer turns than with the 16 KiB of Node.js 20. */
const HIGH_WATER_BYTES = 1024 ** 2;

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

/** Starts an endpoint on this machine's loopback interface. */
export const startEndpoint = async (options: EndpointOptions = {}): Promise<Endpoint> => {
  const wanted = checkPort(options.port ?? 0);
  const folder = await openStateFolder(options.directory);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, highWaterMark: HIGH_WATER_BYTES });
  const start = async (): Promise<OpenWorld> => {
    const { runner = 'process' } = options;
    if (runner !== 'process') await openEngine(runner, folder.path);
    const port = await listen(server, options.port === undefined ? (folder.port ?? 0) : wanted);
    await folder.hold(port);
    return createWorld({
      url: `http://${HOST}:${port}`,
      directory: folder.path,
      persistent: folder.isKept,
      workdirs: options.workdirs,
      lambdaRuntime: options.lambdaRuntime,
      processHost: options.processHost,
      runner: options.runner,
      seed: options.seed,
      trace: options.trace,
      authorizer: options.iam === 'off' ? undefined : createAuthorizer,
      services: SERVICES,
      note: options.log ?? (() => undefined),
    });
  };
  const open = await start().catch(async (error: unknown) => {
    server.close();
    await folder.release();
    throw error;
  });
  const { world } = open;
  world.faults.set(options.faults ?? []);
  server.on('request', withControl(world, createFront(open)));
  await open.resume();

  const stop = async (): Promise<void> => {
    server.close();
    await open.close();
    server.closeAllConnections();
    await folder.release();
  };
  let stopping: Promise<void> | undefined;
  const close = (): Promise<void> => (stopping ??= stop());
  return { url: world.url, world, credentials: CLIENT_CREDENTIALS, close, discard: () => folder.release() };
};
