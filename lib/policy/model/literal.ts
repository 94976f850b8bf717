import type { Value } from '../template/template';

/** Whether a text is what is submitted: expressions, paths and placeholders stand for what is known later. @internal */
export const isLiteral = ({ text }: Value): boolean => text !== undefined && !/[{<$]/.test(text);

/** An expression or a path as a whole, and placeholders inside of a text. */
const LATER = /^\{%.*%\}$|^\$[.$[].*$|\$\{[^}]*\}|<[\w.$[\]'*-]+>/gs;

/** Characters of all texts in a value, without what is known later: a lower bound. @internal */
export function literalCharacters({ fields, items, text }: Value): number {
  if (text !== undefined) return text.replace(LATER, '').length;
  return [...fields.map(([, field]) => field), ...(items ?? [])].reduce((sum, one) => sum + literalCharacters(one), 0);
}
