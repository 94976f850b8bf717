import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';
import { vi } from 'vitest';
import { isRecord } from './template';

/** What constructs in and below `scope` warn of, each with the id by which it is acknowledged. */
export const warningsOf = (scope: IConstruct): string[] =>
  scope.node
    .findAll()
    .flatMap(({ node }) =>
      node.metadata.flatMap(({ type, data }) => (type === 'aws:cdk:warning' && typeof data === 'string' ? [data] : [])),
    );

/** The same with those that come at the end of synthesis, be the template a valid one or not. */
export function synthesizedWarnings(stack: Stack): string[] {
  vi.stubEnv('CDK_VALIDATION', 'false');
  Template.fromStack(stack);
  vi.unstubAllEnvs();
  return warningsOf(stack);
}

/** The statements that a warning asks for, as JSON has them. */
export function statementsIn(warning: string): Record<string, unknown>[] {
  const json = /^"Statement": (\[\n.*\n\])/ms.exec(warning)?.[1] ?? '[]';
  const statements: unknown = JSON.parse(json);
  return Array.isArray(statements) ? statements.filter(isRecord) : [];
}
