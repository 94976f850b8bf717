import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Table } from './table';

const FOLDER = resolve(import.meta.dirname, '..');

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && 'service' in value && 'topic' in value && 'rows' in value;

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(?!kit).*[/\\][^/\\]*\.ts$/.test(file))
  .sort();

const load = async (file: string): Promise<readonly Table[]> => {
  const module: unknown = await import(join(FOLDER, file));
  return typeof module === 'object' && module !== null ? Object.values(module).filter(isTable) : [];
};

/** Every table, in the order of the services and topics. */
export const TABLES: readonly Table[] = (await Promise.all(files.map(load)))
  .flat()
  .sort((a, b) => a.service.localeCompare(b.service) || a.topic.localeCompare(b.topic));
