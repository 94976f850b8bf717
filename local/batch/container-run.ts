import type { Timer } from '../core/clock';
import type { ProcessLog } from '../core/process-log';
import type { World } from '../core/world';
import { makeAttemptFolder } from './attempt-folder';
import type { ComputeEnvironment } from './compute-environment';
import type { Container, ContainerDependency, Variable } from './container';
import { type ContainerEngine, engineLabel, type StartedContainer } from './engine/container-engine';
import type { AttemptEnvironment } from './environment';
import type { StartProcess } from './host-process';
import type { AttemptContainer, Job } from './job';
import { logStreamOf, openLog } from './job-log';
import type { Exit } from './retry';
import { fetchSecrets } from './secrets';

const NOT_STARTED = 'Task failed to start';

export interface ContainerRunOptions {
  readonly world: World;
  readonly start: StartProcess;
  /** Runs images; without one, commands run as processes of this machine. */
  readonly engine?: ContainerEngine;
  readonly variablesOf: AttemptEnvironment;
  readonly job: Job;
  readonly container: Container;
  readonly environment: ComputeEnvironment;
  readonly taskId: string;
  readonly folder: string;
  /** The GPUs that it has, by number. */
  readonly gpus: readonly number[];
  readonly onStarted: () => void;
}

/** Why a container did not start; `reason` is the container's, when it got that far. */
class StartFailure extends Error {
  constructor(
    readonly statusReason: string,
    readonly reason?: string,
  ) {
    super(reason ?? statusReason);
  }
}

export const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** One container of an attempt: its command as a process of this machine, or its image in an engine. */
export class ContainerRun {
  readonly logStreamName: string;
  /** How it ended, once it has. */
  exit: Exit | undefined;
  /** The whole log is where it belongs. */
  logged: Promise<void> = Promise.resolve();
  private process: StartedContainer | undefined;
  private hasStarted = false;
  private isStopped = false;
  private killTimer: Timer | undefined;
  private waiting: (() => void)[] = [];

  constructor(private readonly options: ContainerRunOptions) {
    this.logStreamName = logStreamOf(options.job, options.container, options.taskId);
  }

  get container(): Container {
    return this.options.container;
  }

  get state(): AttemptContainer {
    const { reason, exitCode } = this.exit ?? {};
    const stream = this.container.isLogRouter ? undefined : this.logStreamName;
    return { name: this.container.name, logStreamName: stream, reason, exitCode };
  }

  /** Ends it politely at first. */
  stop(): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.process?.signal('SIGTERM');
    this.killTimer = this.options.world.clock.after(this.container.stopTimeoutSeconds * 1000, () => {
      this.kill();
    });
  }

  kill(): void {
    this.isStopped = true;
    this.process?.signal('SIGKILL');
  }

  /** Waits until it is as far as another container wants it to be; whether it got there. */
  async reaches(condition: ContainerDependency['condition']): Promise<boolean> {
    if (this.container.isLogRouter) return true;
    const isThere = (): boolean => this.exit !== undefined || (condition === 'START' && this.hasStarted);
    while (!isThere()) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (condition === 'START') return this.hasStarted;
    return condition === 'COMPLETE' || this.exit?.exitCode === 0;
  }

  /** Runs the command when what the container depends on lets it. Never rejects: what goes wrong is how it ended. */
  async run(others: readonly ContainerRun[]): Promise<Exit> {
    this.exit = await this.attempt(others);
    this.killTimer?.cancel();
    this.wake();
    return this.exit;
  }

  private async attempt(others: readonly ContainerRun[]): Promise<Exit> {
    let log: ProcessLog | undefined;
    try {
      if (this.container.dependsOn.length > 0) await this.waitFor(others);
      const secrets = await this.prepare();
      log = await this.openLog();
      return { statusReason: 'Essential container in task exited', ...(await this.execute(log, secrets)) };
    } catch (error) {
      const failure = error instanceof StartFailure ? error : new StartFailure(NOT_STARTED, textOf(error));
      if (!this.isStopped) log?.line(`[local endpoint] ${failure.reason ?? failure.statusReason}`);
      return { statusReason: failure.statusReason, reason: failure.reason };
    } finally {
      if (log !== undefined) this.logged = log.flush();
    }
  }

  private async waitFor(others: readonly ContainerRun[]): Promise<void> {
    for (const { containerName, condition } of this.container.dependsOn) {
      const other = others.find(({ container }) => container.name === containerName);
      if ((await other?.reaches(condition)) === true) continue;
      const unmet = `container '${containerName}' did not reach ${condition}`;
      throw new StartFailure(NOT_STARTED, `CannotStartContainerError: ${unmet}`);
    }
    if (this.isStopped) throw new StartFailure(NOT_STARTED);
  }

  private async prepare(): Promise<readonly Variable[]> {
    const { world, engine } = this.options;
    const { secrets } = this.container;
    if (engine === undefined) this.makeFolder();
    await this.checkRoles();
    if (secrets.length === 0) return [];
    try {
      return await fetchSecrets(world, secrets, this.executionPrincipal());
    } catch (error) {
      throw new StartFailure(`ResourceInitializationError: unable to pull secrets or registry auth: ${textOf(error)}`);
    }
  }

  private makeFolder(): void {
    const { world, folder } = this.options;
    const { image } = this.container;
    const workdir = Object.hasOwn(world.workdirs, image) ? world.workdirs[image] : undefined;
    try {
      makeAttemptFolder(folder, workdir);
    } catch (error) {
      const of = workdir === undefined ? '' : ` with the files of '${workdir}'`;
      throw new StartFailure(NOT_STARTED, `CannotStartContainerError: no working directory${of}: ${textOf(error)}`);
    }
  }

  private async checkRoles(): Promise<void> {
    const { world, taskId } = this.options;
    const { executionRoleArn, jobRoleArn } = this.container;
    for (const roleArn of new Set([executionRoleArn, jobRoleArn])) {
      if (roleArn === undefined) continue;
      const sourceArn = world.arn('ecs', `task/${taskId}`);
      await world.assume({ roleArn, service: 'ecs-tasks.amazonaws.com', sourceArn, session: taskId }).catch(() => {
        throw new StartFailure(
          `ECS was unable to assume the role '${roleArn}' that was provided for this task. Please verify that the role ` +
            'being passed has the proper trust relationship and permissions and that your IAM user has permissions to ' +
            'pass this role.',
        );
      });
    }
  }

  private async openLog(): Promise<ProcessLog> {
    const { world, environment } = this.options;
    try {
      return await openLog(world, this.container, this.logStreamName, this.executionPrincipal());
    } catch (error) {
      if (environment.platform === 'FARGATE') {
        throw new StartFailure(`ResourceInitializationError: failed to validate logger args: ${textOf(error)}`);
      }
      const reason = `CannotStartContainerError: failed to initialize logging driver: ${textOf(error)}`;
      throw new StartFailure(NOT_STARTED, reason);
    }
  }

  private async execute(log: ProcessLog, secrets: readonly Variable[]): Promise<Pick<Exit, 'exitCode' | 'reason'>> {
    if (this.isStopped) throw new StartFailure(NOT_STARTED);
    try {
      this.process = this.start(secrets);
      log.read(this.process.stdout);
      log.read(this.process.stderr);
      return await this.process.ended;
    } catch (error) {
      throw error instanceof Error ? new StartFailure(NOT_STARTED, error.message) : error;
    }
  }

  private start(secrets: readonly Variable[]): StartedContainer {
    const { engine, world, variablesOf, container, environment: place, taskId, gpus } = this.options;
    const environment = variablesOf({ ...this.options, secrets });
    const onStarted = (): void => {
      this.hasStarted = true;
      this.wake();
      this.options.onStarted();
    };
    if (engine === undefined) return this.startProcess(environment, onStarted);
    const isFargate = place.platform === 'FARGATE';
    return engine.start({ container, taskId, isFargate, environment, gpus, label: engineLabel(world) }, onStarted);
  }

  private startProcess(environment: Readonly<Record<string, string>>, onStarted: () => void): StartedContainer {
    const { start, container, folder } = this.options;
    const { command, image } = container;
    if (command.length === 0) {
      throw new Error(
        `CannotStartContainerError: the command that image ${image} may have is unknown here: give the job a command`,
      );
    }
    const process = start({ command, folder, environment, onStarted });
    const ended = process.ended.then(
      (exitCode) => ({ exitCode }),
      (error: unknown) => {
        const called = command.join(' ').slice(0, 200);
        const cause = error instanceof Error ? error.message : String(error);
        throw new Error(`CannotStartContainerError: cannot run '${called}': ${cause}`);
      },
    );
    return { ...process, ended };
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** Who fetches secrets and writes logs. */
  private executionPrincipal(): { readonly arn: string } {
    const { job, environment } = this.options;
    return { arn: this.container.executionRoleArn ?? environment.instanceProfileArn ?? job.arn };
  }
}
