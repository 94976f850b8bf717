import { invalid } from './invalid';
import { isRecord } from '../../core/json';
import { type Json } from './json';
import { expressionIn, isHalfExpression, syntaxErrorOf, treeOf } from './jsonata';

const KIND = 'UNSUPPORTED_JSONATA_EXPRESSION';

/** The first name that an expression reads from a context item, which Step Functions does not give it. */
const topLevelName = (node: unknown): string | undefined => {
  if (Array.isArray(node)) {
    for (const entry of node) {
      const found = topLevelName(entry);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isRecord(node)) return undefined;
  if (node.type === 'name') return String(node.value);
  // Later steps, filters, sorting and grouping of a path have the result of the step before as their context.
  if (node.type === 'path') return Array.isArray(node.steps) ? topLevelName(node.steps[0]) : undefined;
  const children = Object.entries(node).filter(([key]) => !['stages', 'predicate', 'group', 'terms'].includes(key));
  return topLevelName(children.map(([, child]) => child));
};

const checkExpression = (text: string, path: string): void => {
  const source = expressionIn(text);
  if (source === undefined) {
    if (isHalfExpression(text)) {
      throw invalid(`an expression must begin with '{%' and end with '%}', got '${text}'`, path, KIND);
    }
    return;
  }
  const problem = syntaxErrorOf(source);
  if (problem !== undefined) throw invalid(`expression '${source}' does not parse: ${problem}`, path, KIND);
  const name = topLevelName(treeOf(source));
  if (name !== undefined) throw invalid(`Reference to '${name}' at the top level is not supported.`, path, KIND);
};

/** Refuses a value with an expression that cannot work. */
export const checkExpressions = (value: Json | undefined, path: string): void => {
  if (typeof value === 'string') checkExpression(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, entry] of Object.entries(value)) checkExpressions(entry, `${path}/${key}`);
};
