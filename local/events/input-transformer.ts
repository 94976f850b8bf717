import type { Reader } from '../core/reader';
import { invalid, invalidInput } from './errors';
import type { BusEvent } from './event';
import { compilePath } from '../patterns/event-path';

/** What a target gets to know beside the event. */
export interface RuleIdentity {
  readonly name: string;
  readonly arn: string;
}

type Variable = (event: BusEvent, rule: RuleIdentity) => unknown;

const RESERVED: Readonly<Record<string, Variable>> = {
  'aws.events.rule-arn': (_, rule) => rule.arn,
  'aws.events.rule-name': (_, rule) => rule.name,
  'aws.events.event.ingestion-time': (event) => event.time,
  'aws.events.event': (event) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'detail')),
  'aws.events.event.json': (event) => event,
};

const MAX_VARIABLES = 100;

const variablesOf = (transformer: Reader): ReadonlyMap<string, Variable> => {
  const paths = Object.entries(transformer.textMap('InputPathsMap'));
  if (paths.length > MAX_VARIABLES)
    throw invalid(`InputPathsMap has ${paths.length} variables; at most ${MAX_VARIABLES}`);
  const reserved = paths.find(([name]) => /^aws\./i.test(name));
  if (reserved !== undefined) throw invalid(`InputPathsMap must not define '${reserved[0]}': aws. is reserved`);
  return new Map([...Object.entries(RESERVED), ...paths.map(([name, path]) => [name, compilePath(path)] as const)]);
};

type Part = string | { readonly variable: Variable; readonly quoted: boolean };

const TOKEN = /<([^<>\s"]+)>|\\[\s\S]|"|[^<\\"]+|[\s\S]/g;

/** Cuts a template into texts and variables, and notes which variables stand inside a JSON string. */
const partsOf = (template: string, variables: ReadonlyMap<string, Variable>): readonly Part[] => {
  let quoted = false;
  return [...template.matchAll(TOKEN)].map(([token, name]): Part => {
    if (token === '"') quoted = !quoted;
    if (!/^<.+>$/.test(token)) return token;
    const variable = variables.get(name);
    if (variable === undefined) {
      throw invalid(`InputTemplate has the placeholder ${token}, which InputPathsMap does not define`);
    }
    return { variable, quoted };
  });
};

/** EventBridge does not escape what it puts into a string; objects lose their quotes there. */
const insideString = (value: unknown): string => {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '');
};

const minified = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    throw invalidInput('INVALID_JSON', `the input transformer made text that is not JSON: ${text.slice(0, 200)}`);
  }
};

/** Compiles an InputTransformer. What EventBridge would find out at the first event is refused here already. */
export const compileTransformer = (transformer: Reader): ((event: BusEvent, rule: RuleIdentity) => string) => {
  const template = transformer.text('InputTemplate');
  const parts = partsOf(template, variablesOf(transformer));
  const isJson = /^\s*[{["]/.test(template);
  const render = (part: Part, event: BusEvent, rule: RuleIdentity): string => {
    if (typeof part === 'string') return part;
    const value = part.variable(event, rule);
    if (!isJson || part.quoted) return insideString(value);
    // A path that leads nowhere leaves an empty text.
    return JSON.stringify(value === undefined ? '' : value);
  };
  return (event, rule) => {
    const text = parts.map((part) => render(part, event, rule)).join('');
    return isJson ? minified(text) : text;
  };
};
