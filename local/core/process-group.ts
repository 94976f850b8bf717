import { type ChildProcess, spawn } from 'node:child_process';

/** Makes a process the leader of a group, so that everything it starts can be ended with it. */
export const GROUP_LEADER = { detached: process.platform !== 'win32', windowsHide: true } as const;

/** How long output is awaited from a process that outlived its parent in a session of its own. */
const STRAY_OUTPUT_MS = 1000;

/** Signals the leader of a group and everything that it has started. */
export const signalGroup = (leader: number | undefined, name: 'SIGTERM' | 'SIGKILL'): void => {
  if (leader === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(leader), '/T', '/F'], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-leader, name);
  } catch {
    // The group has ended.
  }
};

/** Ends a group with its leader, as a container ends with its first process. */
export const endGroupWith = (leader: ChildProcess): void => {
  let stray: NodeJS.Timeout | undefined;
  leader.once('exit', () => {
    signalGroup(leader.pid, 'SIGKILL');
    stray = setTimeout(() => {
      leader.stdout?.destroy();
      leader.stderr?.destroy();
    }, STRAY_OUTPUT_MS);
  });
  leader.once('close', () => {
    clearTimeout(stray);
  });
};
