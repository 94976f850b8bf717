/** Entry: starts as many commands that do nothing as the argument says, one for each core at once, and prints the seconds. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

let left = Number(process.argv[2]);

const worker = async (): Promise<void> => {
  for (; left > 0; left -= 1) {
    await new Promise((done, failed) => {
      // With pipes, as output of a job has to be read.
      const child = spawn('true', { stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.resume();
      child.stderr.resume();
      child.once('close', done).once('error', failed);
    });
  }
};

const start = performance.now();
void Promise.all(Array.from({ length: availableParallelism() }, worker)).then(() => {
  process.stdout.write(String((performance.now() - start) / 1000));
});
