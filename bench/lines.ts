import { readFileSync } from 'node:fs';

/** Lines that somebody has to write: those inside of `#region` blocks that are not blank. */
export function linesInRegions(file: string): number {
  let isInside = false;
  let count = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const text = line.trim();
    if (text.startsWith('//#region')) isInside = true;
    else if (text.startsWith('//#endregion')) isInside = false;
    else if (isInside && text !== '') count += 1;
  }
  return count;
}
