import { fork, type ChildProcess } from 'node:child_process';
import { PATHS } from './paths';

/** The embedded endpoint, running as a process of its own. */
export interface RunningEndpoint {
  readonly url: string;
  /** Environment for the CDK CLI and the SDK clients. */
  readonly environment: Readonly<Record<string, string>>;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Ready {
  readonly type: 'ready';
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
}

const isReady = (message: unknown): message is Ready =>
  typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready';

/**
 * Starts the endpoint; `workdirs` names the folder that stands in for the working directory of an image, `flags` are
 * further ones of its command line.
 */
export async function startEndpointProcess(
  workdirs: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<RunningEndpoint> {
  const folders = Object.entries(workdirs).flatMap(([image, folder]) => ['--workdir', `${image}=${folder}`]);
  const child = fork(PATHS.endpoint, [...folders, ...flags], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { url, environment } = await untilReady(child);
  return { url, environment, pid: child.pid ?? 0, stop: () => stop(child) };
}

function untilReady(child: ChildProcess): Promise<Ready> {
  return new Promise((done, failed) => {
    child.on('message', (message) => {
      if (isReady(message)) done(message);
    });
    child.once('error', failed);
    child.once('exit', (code) => {
      failed(new Error(`the local endpoint ended with status ${String(code)} before it was ready`));
    });
  });
}

/** The endpoint removes its jobs, functions and folder when it is asked to end. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((done) => {
    child.once('exit', () => {
      done();
    });
    child.kill('SIGTERM');
  });
}
