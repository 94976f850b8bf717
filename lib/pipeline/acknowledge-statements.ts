import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { acknowledgeNow } from '../private/acknowledge';

/**
 * Acknowledges what is wide in the statements of a state on the policies that they end up in: those of whatever state
 * machine the state becomes part of, which it is not told.
 * @internal
 */
export function acknowledgeStatements(state: IConstruct, statements: readonly iam.PolicyStatement[]): void {
  const stack = Stack.of(state);
  const wide = statements.flatMap(({ actions, resources }) =>
    resources.filter((arn) => arn.includes('*')).map((arn) => ({ actions, arn })),
  );
  const acknowledgeAll = (): string[] => {
    for (const policy of stack.node.findAll().filter((node) => iam.CfnPolicy.isCfnPolicy(node))) {
      const document = JSON.stringify(stack.resolve(policy.policyDocument));
      const has = (value: unknown): boolean => document.includes(JSON.stringify(value));
      const here = wide.filter(({ actions, arn }) => actions.every(has) && has(stack.resolve(arn)));
      acknowledgeNow(
        policy,
        'narrowest-resource',
        here.map(({ arn }) => arn),
      );
    }
    return [];
  };
  state.node.addValidation({ validate: acknowledgeAll });
}
