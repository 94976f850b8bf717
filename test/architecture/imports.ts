import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

export const ROOT = resolve(__dirname, '..', '..');

export interface Import {
  /** Importing file, relative to the project. */
  readonly from: string;
  /** Imported file relative to the project, or the name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
}

/** TypeScript sources below a folder, relative to the project. */
export function sources(folder: string): string[] {
  const absolute = join(ROOT, folder);
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.m?ts$/.test(file) && statSync(join(absolute, file)).isFile())
    .map((file) => join(folder, file).split(sep).join('/'))
    .sort();
}

/** All imports and re-exports of a file, type imports included. */
export function importsOf(file: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => {
    const isPackage = !fileName.startsWith('.');
    const to = isPackage
      ? fileName
      : relative(ROOT, resolve(ROOT, dirname(file), fileName))
          .split(sep)
          .join('/');
    return { from: file, to, isPackage };
  });
}
