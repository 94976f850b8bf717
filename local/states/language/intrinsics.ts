import { createHash, randomInt, randomUUID } from 'node:crypto';
import { StateFailure } from './failure';
import { isJsonArray, isJsonObject, type Json, parseJson } from './json';

const fails = (message: string): StateFailure => new StateFailure('States.IntrinsicFailure', message);

type Arguments = readonly Json[];

const textAt = (args: Arguments, index: number): string => {
  const value = args.at(index);
  if (typeof value !== 'string') throw fails(`argument ${index + 1} must be a string, got ${JSON.stringify(value)}`);
  return value;
};

const wholeAt = (args: Arguments, index: number): number => {
  const value = args.at(index);
  if (typeof value !== 'number') throw fails(`argument ${index + 1} must be a number, got ${JSON.stringify(value)}`);
  return Math.round(value);
};

const listAt = (args: Arguments, index: number): readonly Json[] => {
  const value = args.at(index);
  if (value === undefined || !isJsonArray(value)) {
    throw fails(`argument ${index + 1} must be an array, got ${JSON.stringify(value)}`);
  }
  return value;
};

const MAX_RANGE = 1000;
const MAX_TEXT = 10_000;

const HASHES: ReadonlyMap<string, string> = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

const shortText = (args: Arguments, index: number): string => {
  const text = textAt(args, index);
  if (text.length > MAX_TEXT) throw fails(`argument ${index + 1} must have at most ${MAX_TEXT} characters`);
  return text;
};

const same = (left: Json, right: Json): boolean => JSON.stringify(left) === JSON.stringify(right);

const format = (args: Arguments): Json => {
  const values = [...args.slice(1)];
  // An escaped brace stands for itself.
  const text = textAt(args, 0).replace(/\\([{}\\'])|\{\}/g, (_, escaped?: string) => {
    if (escaped !== undefined) return escaped;
    const value = values.shift();
    if (value === undefined) throw fails('States.Format has more {} than arguments');
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
  if (values.length > 0) throw fails('States.Format has more arguments than {}');
  return text;
};

const range = (args: Arguments): Json => {
  const [first, last, step] = [wholeAt(args, 0), wholeAt(args, 1), wholeAt(args, 2)];
  if (step === 0) throw fails('the step of States.ArrayRange must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > MAX_RANGE) throw fails(`States.ArrayRange gives at most ${MAX_RANGE} items, not ${length}`);
  return Array.from({ length }, (_, index) => first + index * step);
};

const partition = (args: Arguments): Json => {
  const [list, size] = [listAt(args, 0), wholeAt(args, 1)];
  if (size <= 0) throw fails('the size of States.ArrayPartition must be positive');
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
};

const merge = (args: Arguments): Json => {
  const [left, right] = [args.at(0) ?? null, args.at(1) ?? null];
  if (args.at(2) === true) throw fails('States.JsonMerge supports shallow merging only');
  if (!isJsonObject(left) || !isJsonObject(right)) {
    throw fails('States.JsonMerge takes two objects and false');
  }
  return { ...left, ...right };
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
const FUNCTIONS: ReadonlyMap<string, (args: Arguments) => Json> = new Map<string, (args: Arguments) => Json>([
  ['Array', (args) => args],
  ['ArrayContains', (args) => listAt(args, 0).some((each) => same(each, args.at(1) ?? null))],
  [
    'ArrayGetItem',
    (args) => {
      const [list, index] = [listAt(args, 0), wholeAt(args, 1)];
      if (index < 0 || index >= list.length) throw fails(`States.ArrayGetItem has no item ${index}`);
      return list[index];
    },
  ],
  ['ArrayLength', (args) => listAt(args, 0).length],
  ['ArrayPartition', partition],
  ['ArrayRange', range],
  [
    'ArrayUnique',
    (args) => {
      const list = listAt(args, 0);
      return list.filter((each, index) => list.findIndex((other) => same(each, other)) === index);
    },
  ],
  ['Base64Encode', (args) => Buffer.from(shortText(args, 0)).toString('base64')],
  ['Base64Decode', (args) => Buffer.from(shortText(args, 0), 'base64').toString('utf8')],
  ['Format', format],
  [
    'Hash',
    (args) => {
      const algorithm = HASHES.get(textAt(args, 1));
      if (algorithm === undefined) throw fails(`States.Hash knows ${[...HASHES.keys()].join(', ')}`);
      const data = args.at(0) ?? null;
      return createHash(algorithm)
        .update(typeof data === 'string' ? data : JSON.stringify(data))
        .digest('hex');
    },
  ],
  ['JsonMerge', merge],
  ['JsonToString', (args) => JSON.stringify(args.at(0) ?? null)],
  ['MathAdd', (args) => wholeAt(args, 0) + wholeAt(args, 1)],
  [
    'MathRandom',
    (args) => {
      const [start, end] = [wholeAt(args, 0), wholeAt(args, 1)];
      if (args.length === 2) return randomInt(start, end);
      const fraction =
        createHash('sha256')
          .update(JSON.stringify(args.at(2)))
          .digest()
          .readUInt32BE() /
        2 ** 32;
      return start + Math.floor(fraction * (end - start));
    },
  ],
  [
    'StringSplit',
    (args) => {
      const separators = new RegExp(`[${textAt(args, 1).replace(/[\]\\^-]/g, '\\$&')}]`);
      return textAt(args, 0)
        .split(separators)
        .filter((part) => part !== '');
    },
  ],
  [
    'StringToJson',
    (args) => {
      try {
        return parseJson(textAt(args, 0));
      } catch (error) {
        throw error instanceof StateFailure ? error : fails('States.StringToJson got no JSON');
      }
    },
  ],
  ['UUID', () => randomUUID()],
]);

/** One argument or call: a path, a literal, or a function of others. */
type Node =
  { readonly path: string } | { readonly literal: Json } | { readonly name: string; readonly args: readonly Node[] };

const TOKEN =
  /\s*(?:(States\.\w+)\s*(\()|('(?:[^'\\]|\\.)*')|(\$(?:[^\s,()'[\]]|\['[^']*'\]|\[[^\]]*\])*)|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([,)]))/y;

/** Braces keep their escape: States.Format tells it from a place for an argument. */
const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(['\\])/g, '$1');

class Parser {
  private at = 0;

  constructor(private readonly source: string) {}

  whole(): Node {
    const node = this.node();
    if (this.source.slice(this.at).trim() !== '') throw this.wrong();
    return node;
  }

  private node(): Node {
    const token = this.next();
    const [, name, , text, path, number, word] = token;
    if (name !== undefined) return { name: name.slice('States.'.length), args: this.args() };
    if (text !== undefined) return { literal: unquoted(text) };
    if (path !== undefined) return { path };
    if (number !== undefined) return { literal: Number(number) };
    if (word !== undefined) return { literal: parseJson(word) };
    throw this.wrong();
  }

  private args(): readonly Node[] {
    const args: Node[] = [];
    const start = this.at;
    if (this.next().at(7) === ')') return args;
    this.at = start;
    for (;;) {
      args.push(this.node());
      const separator = this.next().at(7);
      if (separator === ')') return args;
      if (separator !== ',') throw this.wrong();
    }
  }

  private next(): readonly (string | undefined)[] {
    TOKEN.lastIndex = this.at;
    const token = TOKEN.exec(this.source);
    if (token === null) throw this.wrong();
    this.at = TOKEN.lastIndex;
    return token;
  }

  private wrong(): StateFailure {
    return fails(`the intrinsic function '${this.source}' is not valid near position ${this.at}`);
  }
}

const evaluateNode = (node: Node, select: (path: string) => Json): Json => {
  if ('literal' in node) return node.literal;
  if ('path' in node) return select(node.path);
  const run = FUNCTIONS.get(node.name);
  if (run === undefined) throw fails(`the intrinsic function 'States.${node.name}' does not exist`);
  return run(node.args.map((argument) => evaluateNode(argument, select)));
};

/** Whether a text is a call of an intrinsic function. */
export const isIntrinsic = (text: string): boolean => text.startsWith('States.');

/** Why a call cannot work; undefined when it can. */
export const intrinsicProblem = (source: string): string | undefined => {
  try {
    const node = new Parser(source).whole();
    return 'name' in node && !FUNCTIONS.has(node.name) ? `unknown function States.${node.name}` : undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** The value of a call, with paths as arguments selected by the caller. */
export const evaluateIntrinsic = (source: string, select: (path: string) => Json): Json =>
  evaluateNode(new Parser(source).whole(), select);
