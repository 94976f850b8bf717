import * as cdk from 'aws-cdk-lib';
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import ts from 'typescript';
import * as library from '../../lib';
import { ROOT } from '../architecture/imports';

export interface Block {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ['node'],
  paths: { 'cdk-batch-platform': [join(ROOT, 'lib/index.ts')] },
};

/** What a block may use without declaring it, as a reader would carry it over from the first block. */
const CARRIED_OVER: Readonly<Record<string, string>> = {
  app: 'const app = new given.App();',
  stack: `const stack = new given.Stack(app, 'Stack');`,
  platform: `const platform = new givenLibrary.BatchPlatform(stack, 'Platform');`,
};

/** A block as a module of its own; what it does not declare comes first, on the first line. */
export function complete(code: string): string {
  const declares = (name: string): boolean => new RegExp(`\\bconst ${name}\\b`).test(code);
  const carried = Object.entries(CARRIED_OVER).flatMap(([name, declaration]) => (declares(name) ? [] : [declaration]));
  const imports = `import * as given from 'aws-cdk-lib'; import * as givenLibrary from 'cdk-batch-platform';`;
  return `${imports} ${carried.join(' ')} ${code}\nexport const finished = app;\n`;
}

/** Type errors of all blocks, found in one compilation, each with the line of its document. */
export function typeErrors(blocks: readonly Block[]): string[] {
  const virtual = new Map(blocks.map((block, index) => [join(ROOT, `block-${index}.ts`), block]));
  const host = ts.createCompilerHost(OPTIONS);
  const onDisk = { ...host };
  host.fileExists = (path) => virtual.has(path) || onDisk.fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const block = virtual.get(path);
    if (block === undefined) return onDisk.getSourceFile(path, version, ...rest);
    return ts.createSourceFile(path, complete(block.code), version);
  };
  const program = ts.createProgram([...virtual.keys()], OPTIONS, host);
  return [...virtual].flatMap(([path, { file, line }]) => {
    const source = program.getSourceFile(path);
    return program.getSemanticDiagnostics(source).map((diagnostic) => {
      const at = source?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
      return `${file}:${line + 1 + at} ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
    });
  });
}

/** Runs a block and gives back every stack it defined. */
export function run(code: string): readonly cdk.Stack[] {
  const nodeRequire = createRequire(join(ROOT, 'package.json'));
  const load = (name: string): unknown => (name === 'cdk-batch-platform' ? library : nodeRequire(name));
  const { outputText } = ts.transpileModule(complete(code), { compilerOptions: { ...OPTIONS, noEmit: false } });
  const wrapped: unknown = runInThisContext(Module.wrap(outputText));
  if (typeof wrapped !== 'function') throw new Error('the block did not compile to a module');
  const exported: { finished?: unknown } = {};
  Reflect.apply(wrapped, undefined, [exported, load]);
  if (!cdk.App.isApp(exported.finished)) throw new Error('the block defines no app');
  return exported.finished.node.findAll().filter((node) => cdk.Stack.isStack(node));
}
