/** Entry: starts commands that do nothing, so many and so many at once as the arguments say, and prints the seconds. */
import { spawn } from 'node:child_process';

const [count, atOnce] = process.argv.slice(2).map(Number);
let left = count;

const worker = async (): Promise<void> => {
  for (; left > 0; left -= 1) {
    await new Promise((done, failed) => {
      // With pipes, as output of a job has to be read; in a process group of its own, as all of a job has to be stopped:
      // some schedulers treat that differently.
      const child = spawn('true', { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
      child.stdout.resume();
      child.stderr.resume();
      child.once('close', done).once('error', failed);
    });
  }
};

const start = performance.now();
void Promise.all(Array.from({ length: atOnce }, worker)).then(() => {
  process.stdout.write(String((performance.now() - start) / 1000));
});
