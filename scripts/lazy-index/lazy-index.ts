const REEXPORT = /__exportStar\(require\("(\.\/[^"]+)"\), exports\);/g;

/**
 * Rewrites the compiled index of a library so that a module is loaded when something of it is used for the first time.
 *
 * The names are assigned once before: native ES modules find the names of a CommonJS module by reading its text, and
 * do not trust getters that they recognise.
 *
 * @param namesOf The names that a module exports.
 */
export function lazyIndex(compiled: string, namesOf: (module: string) => readonly string[]): string {
  const modules = [...compiled.matchAll(REEXPORT)].map(([, module]) => module);
  if (modules.length === 0) return compiled;
  const exported = modules.flatMap((module) => namesOf(module).map((name) => ({ name, module })));
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    ...exported.map(({ name }) => `exports.${name} = void 0;`),
    'const lazy = (name, get) => Object.defineProperty(exports, name, { enumerable: true, get });',
    ...exported.map(({ name, module }) => `lazy("${name}", () => require("${module}").${name});`),
    '',
  ].join('\n');
}
