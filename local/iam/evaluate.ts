import { appliesTo, type Reach, reachOf } from './match';
import type { Policy, Statement } from './policy';
import type { AccessRequest } from './request';

/** All policies that have a say. */
export interface PolicySet {
  readonly identity: readonly Policy[];
  /** Absent when the role has no boundary. */
  readonly boundary?: readonly Policy[];
  /** The policy of the resource. */
  readonly resource?: Policy;
  /** Whether the resource's policy alone can let anybody in, as with keys and the trust of roles. */
  readonly isResourcePolicyRequired?: boolean;
}

/** Why, in the words of AWS's error messages. */
export interface Verdict {
  readonly allowed: boolean;
  readonly reason: string;
}

type Kind = 'identity-based policy' | 'permissions boundary' | 'resource-based policy';

const nameOf = (policy: Policy, { sid }: Statement): string =>
  sid === undefined ? policy.name : `${policy.name}/${sid}`;

const find = (policies: readonly Policy[], effect: Statement['effect'], request: AccessRequest): string | undefined => {
  for (const policy of policies) {
    const found = policy.statements.find((each) => each.effect === effect && appliesTo(each, request));
    if (found !== undefined) return nameOf(policy, found);
  }
  return undefined;
};

/** The statements of a resource's policy that are about the requester, with how far they reach. */
const aboutRequester = (policy: Policy, request: AccessRequest): readonly { statement: Statement; reach: Reach }[] =>
  policy.statements.flatMap((statement) => {
    const { principals, notPrincipals } = statement;
    const isExcluded = notPrincipals !== undefined && reachOf(notPrincipals, request.requester) !== 'none';
    const reach = principals === undefined ? 'direct' : reachOf(principals, request.requester);
    return isExcluded || reach === 'none' || !appliesTo(statement, request) ? [] : [{ statement, reach }];
  });

const denied = (kind: Kind, where: string): Verdict => ({
  allowed: false,
  reason: `with an explicit deny in ${kind.startsWith('i') ? 'an' : 'a'} ${kind}: ${where}`,
});

const missing = (kind: Kind, action: string): Verdict => ({
  allowed: false,
  reason: `because no ${kind} allows the ${action} action`,
});

const allowed = (reason: string): Verdict => ({ allowed: true, reason });

/**
 * Whether an action on a resource is allowed, by the logic for a single account: an explicit deny wins; then a
 * resource's policy that names the session is enough; otherwise identity (or a resource's policy that names the role)
 * and boundary must both allow it.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const evaluate = (request: AccessRequest, policies: PolicySet): Verdict => {
  const { identity, boundary, resource, isResourcePolicyRequired = false } = policies;
  const { action, requester } = request;
  const isService = requester.service !== undefined;
  const stated = resource === undefined ? [] : aboutRequester(resource, request);

  const denial = stated.find(({ statement }) => statement.effect === 'Deny');
  if (denial !== undefined && resource !== undefined)
    return denied('resource-based policy', nameOf(resource, denial.statement));
  const byIdentity = find(identity, 'Deny', request);
  if (byIdentity !== undefined) return denied('identity-based policy', byIdentity);
  const byBoundary = find(boundary ?? [], 'Deny', request);
  if (byBoundary !== undefined) return denied('permissions boundary', byBoundary);

  const grants = stated.filter(({ statement }) => statement.effect === 'Allow');
  const grant = (reach: Reach): string | undefined => {
    const found = grants.find((each) => each.reach === reach);
    return found === undefined || resource === undefined ? undefined : nameOf(resource, found.statement);
  };
  const direct = grant('direct');
  if (direct !== undefined) return allowed(direct);
  if (isService || (isResourcePolicyRequired && grants.length === 0)) return missing('resource-based policy', action);

  const own = grant('role') ?? find(identity, 'Allow', request);
  if (own === undefined) return missing('identity-based policy', action);
  if (boundary !== undefined && find(boundary, 'Allow', request) === undefined) {
    return missing('permissions boundary', action);
  }
  return allowed(own);
};
