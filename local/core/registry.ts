import { notSupported } from './errors';
import { nearestTo } from './nearest';
import type { Call, Operation, Output, Service } from './service';

/** The services of a world, by name. */
export interface Registry {
  add(service: Service): void;
  /** The operation of a call, ready to run; throws when it does not exist. */
  readonly find: (call: Call) => () => Promise<Output>;
  readonly operationsOf: (service: string) => readonly string[];
}

/** Finds the operation of a call, and refuses what is not there by its name. */
export const createRegistry = (): Registry => {
  const services = new Map<string, ReadonlyMap<string, Operation>>();

  const find = (call: Call): Operation => {
    const operations = services.get(call.service);
    if (operations === undefined) {
      const names = [...services.keys()].sort().join(', ');
      throw notSupported(`the service '${call.service}'`, nearestTo(call.service) ?? `it has ${names}`);
    }
    const operation = operations.get(call.operation);
    if (operation === undefined) {
      const name = `${call.service}:${call.operation}`;
      throw notSupported(`the operation ${name}`, nearestTo(name));
    }
    return operation;
  };

  return {
    add: (service) => {
      if (services.has(service.name)) throw new Error(`the service '${service.name}' is registered twice`);
      services.set(service.name, new Map(Object.entries(service.operations)));
    },
    find: (call) => {
      const operation = find(call);
      return async () => await operation(call.input, call);
    },
    operationsOf: (service) => [...(services.get(service)?.keys() ?? [])],
  };
};
