import { PassThrough, type Readable } from 'node:stream';
import type { Exit } from '../retry';
import { type CliOptions, type EngineName, followOutput, runCli } from './cli';
import { type ContainerPlan, containerName, createArguments, hiddenVariables, taskVolumes } from './create-arguments';

const KILLED = 137;
const OUT_OF_MEMORY = 'OutOfMemoryError: Container killed due to memory usage';

/** A container that runs, or is about to. */
export interface StartedContainer {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** How it ended; rejects, in the words of Amazon ECS, when it could not start. */
  readonly ended: Promise<Pick<Exit, 'exitCode' | 'reason'>>;
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

const inWordsOfEcs = async <T>(error: string, step: Promise<T>): Promise<T> => {
  try {
    return await step;
  } catch (cause) {
    throw new Error(`${error}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
};

/** Runs containers by the command line of an engine. */
export class ContainerEngine {
  private readonly images = new Map<string, Promise<void>>();
  private readonly volumes = new Map<string, Promise<unknown>>();
  private readonly closing = new AbortController();

  constructor(private readonly engine: EngineName) {}

  start(plan: ContainerPlan, onStarted: () => void): StartedContainer {
    const name = containerName(plan);
    const output = { stdout: new PassThrough(), stderr: new PassThrough() };
    const giveUp = new AbortController();
    let isStarted = false;
    const run = async (): Promise<Pick<Exit, 'exitCode' | 'reason'>> => {
      await inWordsOfEcs('CannotPullContainerError', this.have(plan.container.image, giveUp.signal));
      await inWordsOfEcs('CannotCreateContainerError', this.create(plan, giveUp.signal));
      const { signal } = giveUp;
      await inWordsOfEcs('CannotStartContainerError', this.call(['start', name], { signal }));
      isStarted = true;
      onStarted();
      await followOutput(this.engine, name, output);
      const exitCode = Number(await this.call(['wait', name]));
      const isOut = exitCode === KILLED && (await this.ranOutOfMemory(name));
      return { exitCode, reason: isOut ? OUT_OF_MEMORY : undefined };
    };
    const clean = async (): Promise<void> => {
      output.stdout.end();
      output.stderr.end();
      await this.call(['rm', '--force', '--volumes', name]).catch(() => undefined);
    };
    return {
      ...output,
      ended: run().finally(clean),
      signal: (kind) => {
        if (!isStarted) giveUp.abort();
        // It may have ended by now.
        else void this.call(['kill', '--signal', kind, name]).catch(() => undefined);
      },
    };
  }

  /** Removes what the containers of a task shared. */
  async removeVolumes(names: readonly string[]): Promise<void> {
    for (const name of names) this.volumes.delete(name);
    if (names.length > 0) await this.call(['volume', 'rm', '--force', ...names]);
  }

  /** Ends downloads that nobody waits for any longer. */
  close(): void {
    this.closing.abort();
  }

  private call(args: readonly string[], options?: CliOptions): Promise<string> {
    return runCli(this.engine, args, options);
  }

  private async create(plan: ContainerPlan, signal: AbortSignal): Promise<void> {
    await Promise.all(taskVolumes([plan.container], plan.taskId).map((name) => this.makeVolume(name, plan.label)));
    await this.call(createArguments(this.engine, plan), { signal, environment: hiddenVariables(plan) });
  }

  /** An engine would make it by itself, without what it is found by. The containers of a task share it. */
  private makeVolume(name: string, label: string): Promise<unknown> {
    const made = this.volumes.get(name) ?? this.call(['volume', 'create', '--label', label, name]);
    this.volumes.set(name, made);
    return made;
  }

  /** Many jobs may wait for one download; what one of them gives up the others still need. */
  private have(image: string, signal: AbortSignal): Promise<void> {
    const pulled = this.images.get(image) ?? this.pull(image);
    this.images.set(image, pulled);
    pulled.catch(() => this.images.delete(image));
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('the job was stopped'));
      });
      pulled.then(resolve, reject);
    });
  }

  private async pull(image: string): Promise<void> {
    const { signal } = this.closing;
    const isHere = this.call(['image', 'inspect', '--format', '{{.Id}}', image], { signal });
    await isHere.catch(() => this.call(['pull', '--quiet', image], { signal }));
  }

  private async ranOutOfMemory(name: string): Promise<boolean> {
    return (await this.call(['inspect', '--format', '{{.State.OOMKilled}}', name])) === 'true';
  }
}

/** What the containers of an endpoint are marked with. */
export const engineLabel = ({ directory }: { readonly directory: string }): string =>
  `cdk-batch-platform.endpoint=${directory}`;

const INSTALLATION: Readonly<Record<EngineName, string>> = {
  docker: 'https://docs.docker.com/engine/install/',
  podman: 'https://podman.io/docs/installation',
};

/** Whether an engine answers; removes what an endpoint with the same folder left in it when it was killed. */
export const openEngine = async (engine: EngineName, directory: string): Promise<void> => {
  const remove = async (list: readonly string[], ...command: readonly string[]): Promise<void> => {
    const left = await runCli(engine, [...list, '--quiet', '--filter', `label=${engineLabel({ directory })}`]);
    const ids = left.split('\n').filter((id) => id !== '');
    if (ids.length > 0) await runCli(engine, [...command, '--force', ...ids]);
  };
  try {
    await remove(['ps', '--all'], 'rm', '--volumes');
    await remove(['volume', 'ls'], 'volume', 'rm');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const cause = isMissing
      ? `there is no ${engine} on the PATH; install it (${INSTALLATION[engine]})`
      : `${engine} does not answer: ${String(error)}; start it`;
    throw new Error(`--runner ${engine}: ${cause}, or take --runner process, which uses no images`, { cause: error });
  }
};
