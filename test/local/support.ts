import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { Input, Output, Service } from '../../local/core/service';
import { createWorld, DEPLOYER, type ServiceFactory, type World } from '../../local/core/world';

/** A world with only the services of a test, and no HTTP. */
export interface TestWorld extends World {
  /** What `note` was told. */
  readonly notes: readonly string[];
  /** Calls as the deployer. */
  run(service: string, operation: string, input?: Input): Promise<Output>;
  close(): Promise<void>;
}

/** Makes a world of the given services; `close` removes its folder. */
export const createTestWorld = async (
  services: readonly (ServiceFactory | Service)[],
  workdirs: Readonly<Record<string, string>> = {},
): Promise<TestWorld> => {
  const directory = await mkdtemp(join(tmpdir(), 'world-'));
  const notes: string[] = [];
  const open = createWorld({
    url: 'http://127.0.0.1:1',
    directory,
    workdirs,
    services: services.map((service) => (typeof service === 'function' ? service : () => service)),
    note: (line) => notes.push(line),
  });
  return {
    ...open.world,
    notes,
    run: (service, operation, input = {}) => open.world.call({ service, operation, input, principal: DEPLOYER }),
    close: async () => {
      await open.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

/** Whether a process runs; one that ended and that nobody has waited for does not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (!existsSync('/proc/self/stat')) return true;
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    // It has gone since.
    return false;
  }
};

/** Waits for the end of a process: its pipes close a moment before the system counts it as ended. */
export const untilEnded = (pid: number): Promise<void> =>
  vi.waitFor(
    () => {
      expect(isAlive(pid)).toBe(false);
    },
    { timeout: 10_000, interval: 5 },
  );
