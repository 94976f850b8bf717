const EXPRESSION = /^\{%([\s\S]*)%\}$/;

/** Whether a text is a JSONata expression to Step Functions. @internal */
export function isExpression(text: string): boolean {
  return EXPRESSION.test(text);
}

/** A text as part of an expression: what is inside of `{% %}`, or a string. @internal */
export function toOperand(text: string): string {
  const inside = EXPRESSION.exec(text)?.[1];
  return inside === undefined ? JSON.stringify(text) : `(${inside.trim()})`;
}
