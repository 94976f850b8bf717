import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes the working directory of an attempt; links to what the image would have there. */
export const makeAttemptFolder = async (folder: string, workdir: string | undefined): Promise<void> => {
  await mkdir(folder, { recursive: true });
  if (workdir === undefined) return;
  const entries = await readdir(workdir, { withFileTypes: true });
  await Promise.all(
    entries.map((entry) =>
      symlink(join(workdir, entry.name), join(folder, entry.name), entry.isDirectory() ? 'junction' : 'file'),
    ),
  );
};

/** Removes the folder of an attempt; never what it links to. */
export const removeAttemptFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 3 });
