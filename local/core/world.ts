import type { Ask, Assumption, Authorizer, Question } from './authorizer';
import { Clock } from './clock';
import { Collection } from './collection';
import { CredentialStore } from './credentials';
import { Faults } from './faults';
import type { AwsError } from './errors';
import { createGate } from './gate';
import { Journal } from './journal';
import { createPermissions } from './permissions';
import { createRegistry } from './registry';
import type { Call, Output, Principal, Service } from './service';
import type { TraceRecord } from './trace';

/** What runs the command of a job. */
export type Runner = 'process' | 'docker' | 'podman';

/** What all services share. Services reach each other through `call` only, as they would in AWS. */
export interface World {
  readonly partition: 'aws';
  readonly region: string;
  readonly account: string;
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The folder that holds all state of this endpoint. */
  readonly directory: string;
  /** The host folder that stands in for the working directory of a container image, by image. */
  readonly workdirs: Readonly<Record<string, string>>;
  /** The bundle of `local/lambda/runtime.ts`; beside the bundle of the endpoint by default. */
  readonly lambdaRuntime?: string;
  /** The bundle of `local/batch/process-host/main.ts`; without it, the endpoint starts the commands of jobs itself. */
  readonly processHost?: string;
  readonly runner: Runner;
  /** Whether state outlives the process. */
  readonly persistent: boolean;
  readonly credentials: CredentialStore;
  /** The time of every duration that AWS documents. */
  readonly clock: Clock;
  readonly faults: Faults;
  call(call: Call): Promise<Output>;
  /** The session of a role that a service takes on; rejects when the role does not trust the service. */
  assume(assumption: Assumption): Promise<Principal>;
  /** The refusal of what somebody may not do; undefined when they may. */
  denial(question: Question): Promise<AwsError | undefined>;
  /**
   * State by name, `sqs/queues`: it outlives the process when the endpoint keeps its state. `initial` is what it holds
   * in a new endpoint.
   */
  collection<T>(name: string, initial?: Iterable<readonly [string, T]>): Collection<T>;
  /** Runs when all services exist: go on with what a restart interrupted. */
  onOpen(resume: () => void | Promise<void>): void;
  /** `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`. */
  arn(service: string, resource: string): string;
  /** Runs when the endpoint stops: end child processes, close sockets. */
  onClose(stop: () => void | Promise<void>): void;
  /** One line for the person at the terminal; not for the answers of the API. */
  note(line: string): void;
}

/** A service, as its folder exports it. */
export type ServiceFactory = (world: World) => Service;

export interface WorldOptions {
  readonly url: string;
  readonly directory: string;
  readonly workdirs?: Readonly<Record<string, string>>;
  readonly lambdaRuntime?: string;
  readonly processHost?: string;
  /** Processes of this machine by default. */
  readonly runner?: Runner;
  /** Keeps the state of all collections in `directory`. */
  readonly persistent?: boolean;
  readonly seed?: number;
  readonly trace?: (record: TraceRecord) => void;
  /** Makes the judge of all calls; without one, everything is allowed. */
  readonly authorizer?: (world: World, ask: Ask) => Authorizer;
  readonly services: readonly ServiceFactory[];
  readonly note: (line: string) => void;
}

/** A world with its services, and the handle of whoever made it. */
export interface OpenWorld {
  readonly world: World;
  /** The closed list of operations of a service; empty when the service does not exist. */
  operationsOf(service: string): readonly string[];
  /** Runs what services asked for with `onOpen`. */
  resume(): Promise<void>;
  /** Runs what services asked for with `onClose`, last first. */
  close(): Promise<void>;
}

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

/** The person who deploys and looks around: everything that no role does. */
export const DEPLOYER: Principal = { arn: `arn:aws:iam::${ACCOUNT}:user/deployer` };

/** The things of a collection: what it wrote is what it reads. */
const thingsOf = <T>(
  journal: Journal | undefined,
  name: string,
  initial: Iterable<readonly [string, T]>,
): Iterable<readonly [string, T]> => {
  if (journal === undefined) return initial;
  const isOwn = (thing: unknown): thing is T => thing !== undefined;
  if (!journal.has(name)) for (const [key, thing] of initial) journal.note(name, key, thing);
  return [...journal.thingsOf(name)].flatMap(([key, thing]) => (isOwn(thing) ? [[key, thing] as const] : []));
};

/** A clock that goes on from where it was driven before. */
const keptClock = (journal: Journal | undefined): Clock => {
  const ahead = journal?.thingsOf('core/clock').get('ahead');
  return new Clock(typeof ahead === 'number' ? ahead : 0, (driven) => {
    journal?.note('core/clock', 'ahead', driven);
  });
};

/** Makes a world and all its services. */
export const createWorld = (options: WorldOptions): OpenWorld => {
  const stops: (() => void | Promise<void>)[] = [];
  const resumes: (() => void | Promise<void>)[] = [];
  const registry = createRegistry();
  const journal = options.persistent === true ? new Journal(options.directory, options.note) : undefined;
  const clock = keptClock(journal);
  const faults = new Faults(options.seed);
  const call = createGate({ clock, faults, authorizer: () => authorizer, trace: options.trace, find: registry.find });
  const world: World = {
    partition: 'aws',
    region: REGION,
    account: ACCOUNT,
    url: options.url,
    directory: options.directory,
    workdirs: options.workdirs ?? {},
    lambdaRuntime: options.lambdaRuntime,
    processHost: options.processHost,
    runner: options.runner ?? 'process',
    persistent: journal !== undefined,
    credentials: new CredentialStore(DEPLOYER),
    clock,
    faults,
    call: async (request) => {
      const output = await call(request);
      // Who got an answer can rely on it, whatever happens to this process.
      journal?.flush();
      return output;
    },
    ...createPermissions({ clock, authorizer: () => authorizer, trace: options.trace }),
    collection: <T>(name: string, initial: Iterable<readonly [string, T]> = []) =>
      new Collection<T>(name, thingsOf(journal, name, initial), journal),
    arn: (service, resource) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`,
    onOpen: (resume) => resumes.push(resume),
    onClose: (stop) => stops.push(stop),
    note: options.note,
  };
  for (const create of options.services) registry.add(create(world));
  const ask: Ask = (service, operation, input) => registry.find({ service, operation, input, principal: DEPLOYER })();
  const authorizer = options.authorizer?.(world, ask);

  const run = async (steps: (() => void | Promise<void>)[], when: string): Promise<void> => {
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        options.note(`while ${when}: ${String(error)}`);
      }
    }
  };
  const close = async (): Promise<void> => {
    await run(stops.splice(0).reverse(), 'stopping');
    clock.stop();
    journal?.close();
  };
  return { world, operationsOf: registry.operationsOf, resume: () => run(resumes.splice(0), 'going on'), close };
};
