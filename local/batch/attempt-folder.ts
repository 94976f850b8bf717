import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Working directories of attempts. One that was left empty is used again: to make a folder and to remove it costs as
 * much as all else that this process does for a small job.
 */
export class AttemptFolders {
  private readonly all: string;
  private readonly empty: string[] = [];
  private made = 0;

  constructor(directory: string) {
    this.all = join(directory, 'batch');
    // What an endpoint left that was killed is nobody's.
    rmSync(this.all, { recursive: true, force: true });
  }

  /** The path of a folder that nobody else has; it may not be there yet. */
  take(): string {
    return this.empty.pop() ?? join(this.all, String((this.made += 1)));
  }

  /** Removes what is in the folder of an attempt; never what it links to. */
  async giveBack(folder: string): Promise<void> {
    if (entriesOf(folder) > 0) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    this.empty.push(folder);
  }

  /** Removes whatever attempts may have left. */
  removeAll(): Promise<void> {
    return rm(this.all, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Synchronous, as making one is. */
const entriesOf = (folder: string): number => {
  try {
    return readdirSync(folder).length;
  } catch {
    // An attempt that did not get so far made none.
    return 0;
  }
};

/**
 * Makes the working directory of an attempt; links to what the image would have there.
 *
 * Synchronous because the next child waits for it: a few system calls are over long before a busy machine's thread
 * pool would have taken them up.
 */
export const makeAttemptFolder = (folder: string, workdir: string | undefined): void => {
  mkdirSync(folder, { recursive: true });
  if (workdir === undefined) return;
  for (const entry of readdirSync(workdir, { withFileTypes: true })) {
    symlinkSync(join(workdir, entry.name), join(folder, entry.name), entry.isDirectory() ? 'junction' : 'file');
  }
};
