import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { checkVariableName } from '../job/container/job-environment';
import { fail } from '../private/check';
import { isExpression, toOperand } from './jsonata';

/** Environment variables as a list of objects with `Name` and `Value`, or an expression that yields it. @internal */
export function renderVariables(
  scope: IConstruct,
  environment: Record<string, string> = {},
  expression?: string,
): unknown {
  const variables = Object.entries(environment);
  for (const [name] of variables) checkVariableName(scope, name);
  if (expression === undefined) {
    return variables.length === 0 ? undefined : variables.map(([Name, Value]) => ({ Name, Value }));
  }
  checkExpression(scope, 'environmentExpression', expression);
  if (variables.length === 0) return expression;
  const known = variables.map(([name, value]) => `{"Name": ${JSON.stringify(name)}, "Value": ${toOperand(value)}}`);
  return `{% $append([${known.join(', ')}], ${toOperand(expression)}) %}`;
}

/** Rejects a text that Step Functions would not take for an expression. @internal */
export function checkExpression(scope: IConstruct, name: string, expression: string): void {
  if (Token.isUnresolved(expression) || isExpression(expression)) return;
  throw fail(
    scope,
    `'${name}' must be a JSONata expression, got ${JSON.stringify(expression)}: put it between '{%' and '%}'`,
  );
}
