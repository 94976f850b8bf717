import { CredentialStore } from './credentials';
import { createRegistry } from './registry';
import type { Call, Output, Principal, Service } from './service';

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
  readonly credentials: CredentialStore;
  call(call: Call): Promise<Output>;
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
  readonly services: readonly ServiceFactory[];
  readonly note: (line: string) => void;
}

/** A world with its services, and the handle of whoever made it. */
export interface OpenWorld {
  readonly world: World;
  /** The closed list of operations of a service; empty when the service does not exist. */
  operationsOf(service: string): readonly string[];
  /** Runs what services asked for with `onClose`, last first. */
  close(): Promise<void>;
}

const REGION = 'us-east-1';
const ACCOUNT = '000000000000';

/** The person who deploys and looks around: everything that no role does. */
export const DEPLOYER: Principal = { arn: `arn:aws:iam::${ACCOUNT}:user/deployer` };

/** Makes a world and all its services. */
export const createWorld = (options: WorldOptions): OpenWorld => {
  const stops: (() => void | Promise<void>)[] = [];
  const registry = createRegistry();
  const world: World = {
    partition: 'aws',
    region: REGION,
    account: ACCOUNT,
    url: options.url,
    directory: options.directory,
    workdirs: options.workdirs ?? {},
    lambdaRuntime: options.lambdaRuntime,
    credentials: new CredentialStore(DEPLOYER),
    call: registry.call,
    arn: (service, resource) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`,
    onClose: (stop) => stops.push(stop),
    note: options.note,
  };
  for (const create of options.services) registry.add(create(world));

  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) {
      try {
        await stop();
      } catch (error) {
        options.note(`while stopping: ${String(error)}`);
      }
    }
  };
  return { world, operationsOf: registry.operationsOf, close };
};
