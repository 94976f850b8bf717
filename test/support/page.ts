import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';

const DOCS = resolve(import.meta.dirname, '../../docs');

/** A page that tests make: as it should be, and as it is. */
export interface Page {
  readonly expected: string;
  readonly actual: string;
}

/** Compares a page of docs with what it is made of; `npm run docs` writes it first. */
export async function pageOf(name: string, text: string): Promise<Page> {
  const file = join(DOCS, name);
  const expected = await format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
  if (process.env.WRITE_DOCS !== undefined) writeFileSync(file, expected);
  return { expected, actual: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

/** A row of a table in Markdown. */
export const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table in Markdown. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...heads), row(...heads.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
