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
export async function pageOf(name: string, text: string, parser = 'markdown'): Promise<Page> {
  const file = join(DOCS, name);
  const expected = await format(text, { ...(await resolveConfig(file)), parser });
  if (process.env.WRITE_DOCS !== undefined) writeFileSync(file, expected);
  return { expected, actual: existsSync(file) ? readFileSync(file, 'utf8') : '' };
}

/** Compares a schema in docs with what it is. */
export const schemaPage = (name: string, schema: object): Promise<Page> => pageOf(name, JSON.stringify(schema), 'json');

/** A row of a table in Markdown. */
export const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A table in Markdown. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...heads), row(...heads.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');
