import { matchesWildcard } from '../core/wildcard';
import { conditionHolds } from './conditions';
import { withVariables } from './context';
import type { Principals, Statement } from './policy';
import type { AccessRequest, Requester } from './request';

/** How far a statement of a resource's policy reaches a requester. */
export type Reach = 'none' | 'account' | 'role' | 'direct';

const matchesAction = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()));

const matchesResource = (patterns: readonly string[], { resource, context }: AccessRequest): boolean =>
  patterns.some((pattern) => {
    const wanted = withVariables(pattern, context);
    return wanted !== undefined && matchesWildcard(wanted, resource);
  });

const reachOfName = (name: string, { arn, roleArn, account }: Requester): Reach => {
  if (name === '*' || name === arn) return 'direct';
  if (name === roleArn) return 'role';
  return name === account || new RegExp(`^arn:[^:]+:iam::${account}:root$`).test(name) ? 'account' : 'none';
};

const ORDER: readonly Reach[] = ['direct', 'role', 'account'];

/**
 * An account's own name hands the decision on to the policies of its roles; a role's name is as good as a policy of the
 * role; the name of a session, and everybody, are an answer of their own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
 */
export const reachOf = (principals: Principals, requester: Requester): Reach => {
  if (requester.service !== undefined) {
    const services = principals === '*' ? ['*'] : (principals.get('Service') ?? []);
    return services.some((name) => name === '*' || name === requester.service) ? 'direct' : 'none';
  }
  const names = principals === '*' ? ['*'] : (principals.get('AWS') ?? []);
  const reaches = names.map((name) => reachOfName(name, requester));
  return ORDER.find((reach) => reaches.includes(reach)) ?? 'none';
};

/** Whether a statement is about this action, resource and context; who asks is another question. */
export const appliesTo = (statement: Statement, request: AccessRequest): boolean => {
  const { actions, notActions, resources, notResources, conditions } = statement;
  if (actions !== undefined && !matchesAction(actions, request.action)) return false;
  if (notActions !== undefined && matchesAction(notActions, request.action)) return false;
  if (resources !== undefined && !matchesResource(resources, request)) return false;
  if (notResources !== undefined && matchesResource(notResources, request)) return false;
  return conditions.every((condition) => conditionHolds(condition, request.context));
};
