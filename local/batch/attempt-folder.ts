import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

const folderOf = (directory: string): string => join(directory, 'batch');

/** In one of many folders, so that making one does not wait while the file system removes another beside it. */
export const attemptFolder = (directory: string, taskId: string): string =>
  join(folderOf(directory), taskId.slice(0, 2), taskId);

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

/** Removes the folder of an attempt; never what it links to. */
export const removeAttemptFolder = async (folder: string): Promise<void> => {
  try {
    // Most jobs leave nothing behind, and this is one call.
    await rmdir(folder);
  } catch {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
};

/** Removes whatever attempts may have left. */
export const removeAllFolders = (directory: string): Promise<void> =>
  rm(folderOf(directory), { recursive: true, force: true, maxRetries: 3 });
