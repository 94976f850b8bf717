import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionFailure } from './protocol';

export type Handler = (event: unknown, context: object, callback: Callback) => unknown;
export type Callback = (error?: unknown, answer?: unknown) => void;

/** The code of a function cannot be loaded. */
export class LoadFailure extends Error {
  constructor(readonly failure: FunctionFailure) {
    super(failure.errorMessage);
  }
}

const EXTENSIONS = ['', '.js', '.mjs', '.cjs'];

const fail = (type: string, message: string): LoadFailure =>
  new LoadFailure({ errorType: `Runtime.${type}`, errorMessage: message, trace: [] });

const load = async (root: string, module: string): Promise<unknown> => {
  const path = EXTENSIONS.map((extension) => join(root, `${module}${extension}`)).find((candidate) =>
    existsSync(candidate),
  );
  if (path === undefined) throw fail('ImportModuleError', `Error: Cannot find module '${module}'`);
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw fail('UserCodeSyntaxError', String(error));
    throw fail('ImportModuleError', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
};

const isMember = (value: unknown): value is Readonly<Record<string, unknown>> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

/** Finds the member that a path such as `handlers.first` names, in the exports or in the default export. */
const find = (module: unknown, path: readonly string[]): unknown =>
  path.reduce((value, name) => (isMember(value) ? value[name] : undefined), module);

/** Loads `file.export` from the folder of the code. */
export const loadHandler = async (root: string, handler: string): Promise<Handler> => {
  const folder = handler.slice(0, handler.lastIndexOf('/') + 1);
  const [file = '', ...path] = handler.slice(folder.length).split('.');
  const module = await load(root, `${folder}${file}`);
  const found = find(module, path) ?? find(module, ['default', ...path]);
  if (isHandler(found)) return found;
  throw fail('HandlerNotFound', `${handler} is undefined or not exported`);
};
