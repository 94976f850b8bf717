import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where an endpoint has its state. */
export interface StateFolder {
  readonly path: string;
  /** Whether the state outlives the endpoint. */
  readonly isKept: boolean;
  /** The port of the endpoint before: addresses in the state name it. */
  readonly port: number | undefined;
  /** Marks the folder as in use by an endpoint on a port. */
  hold(port: number): Promise<void>;
  /** Gives the folder up; removes it when it is not kept. */
  release(): Promise<void>;
}

interface Holder {
  readonly pid?: number;
  readonly port?: number;
}

const HOLDER = 'endpoint.json';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever wrote it did not get to the end, and is gone.
    return undefined;
  }
};

const readHolder = async (folder: string): Promise<Holder> => {
  const value = parse(await readFile(join(folder, HOLDER), 'utf8'));
  if (typeof value !== 'object' || value === null) return {};
  return {
    ...('pid' in value && typeof value.pid === 'number' ? { pid: value.pid } : {}),
    ...('port' in value && typeof value.port === 'number' ? { port: value.port } : {}),
  };
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Whether an endpoint listens there: the number of a process alone may be another's by now. */
const answers = async (port: number | undefined): Promise<boolean> => {
  if (port === undefined) return true;
  try {
    return (await fetch(`http://127.0.0.1:${port}/_endpoint/clock`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
};

const temporary = async (): Promise<StateFolder> => {
  const path = await mkdtemp(join(tmpdir(), 'cdk-batch-platform-'));
  return {
    path,
    isKept: false,
    port: undefined,
    hold: () => Promise.resolve(),
    release: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
};

/** The folder that holds a state, or one for a new state. */
const kept = async (path: string): Promise<StateFolder> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const isOurs = existsSync(join(path, HOLDER));
  if (!isOurs && (await readdir(path)).length > 0) {
    throw new Error(
      `the folder for the state must be new, empty or hold the state of an endpoint, got '${path}'; name another one`,
    );
  }
  const { pid, port } = isOurs ? await readHolder(path) : {};
  if (pid !== undefined && pid !== process.pid && isRunning(pid) && (await answers(port))) {
    const where = port === undefined ? '' : ` on port ${port},`;
    throw new Error(
      `the folder '${path}' is in use by the endpoint${where} with the process id ${pid}; stop it, or name another one`,
    );
  }
  const write = async (holder: Holder): Promise<void> => {
    const file = join(path, HOLDER);
    await writeFile(`${file}.new`, JSON.stringify(holder));
    await rename(`${file}.new`, file);
  };
  let heldPort = port;
  return {
    path,
    isKept: true,
    port,
    hold: (current) => write({ pid: process.pid, port: (heldPort = current) }),
    release: () => write({ port: heldPort }),
  };
};

/** A folder for the state: the one that is named, or a temporary one. */
export const openStateFolder = (path: string | undefined): Promise<StateFolder> =>
  path === undefined ? temporary() : kept(path);
