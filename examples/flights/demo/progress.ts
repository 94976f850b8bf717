import type { WriteStream } from 'node:tty';

const BAR_WIDTH = 30;
/** Plain lines appear at these steps only, so that a log file stays readable. */
const PLAIN_STEP_PERCENT = 25;

/** Shows how far a phase is: a bar that redraws itself on a terminal, plain lines otherwise. */
export class Progress {
  private lastPlainStep = -1;
  private lastLine = '';

  constructor(
    private readonly label: string,
    private readonly stream: Pick<WriteStream, 'isTTY' | 'write'> = process.stdout,
  ) {}

  update(done: number, total: number, detail = ''): void {
    const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
    const line = `${this.label} ${done}/${total}${detail === '' ? '' : ` ${detail}`}`;
    if (this.stream.isTTY) {
      this.draw(percent, line);
      return;
    }
    const step = Math.floor(percent / PLAIN_STEP_PERCENT);
    if (step === this.lastPlainStep) return;
    this.lastPlainStep = step;
    this.stream.write(`  ${line}\n`);
  }

  /** Leaves the terminal on a fresh line. */
  end(): void {
    if (this.stream.isTTY && this.lastLine !== '') this.stream.write('\n');
    this.lastLine = '';
  }

  private draw(percent: number, line: string): void {
    if (line === this.lastLine) return;
    this.lastLine = line;
    const filled = Math.round((BAR_WIDTH * percent) / 100);
    this.stream.write(`\r\u001b[2K  ${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${line}`);
  }
}
