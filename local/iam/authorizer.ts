import type { Ask, Authorizer, Decision } from '../core/authorizer';
import { isBootstrapRole } from '../core/bootstrap';
import type { Call, Principal } from '../core/service';
import { DEPLOYER, type World } from '../core/world';
import { type Context, contextOf } from './context';
import { denialOf } from './denial';
import { keyArnOf, keyNeedsOf } from './encryption';
import { evaluate, type PolicySet } from './evaluate';
import { Identities, type Identity, profileNameOf, roleNameOf } from './identities';
import { awsPolicy } from './managed-policies';
import { type Need, textIn } from './needs/need';
import { needsOf } from './needs/needs';
import { resourcePolicyOf } from './resource-policy';
import { withResourceTags } from './resource-tags';

/** Nobody needs a permission for the first; the second is judged key by key, by the service. */
const FREE = new Set(['sts:GetCallerIdentity', 's3:DeleteObjects']);

const NO_POLICIES = { policies: [], tags: {} } as const;

/** These conditions are not evaluated for EventBridge in the policy of a key. */
const withoutSource = (context: Context): Context =>
  new Map([...context].filter(([key]) => key !== 'aws:sourcearn' && key !== 'aws:sourceaccount'));

/** Judges calls by the policies of roles and resources, as IAM shows them at that moment. */
export const createAuthorizer = (world: World, ask: Ask): Authorizer => {
  const identities = new Identities(ask);

  const administrator: Identity = {
    requester: { arn: DEPLOYER.arn, account: world.account },
    policies: [identities.read('AdministratorAccess', JSON.stringify(awsPolicy('AdministratorAccess')))],
    tags: {},
  };

  const contextFor = ({ requester, tags }: Identity, { sourceArn, service }: Principal): Context => {
    const now = world.clock.date();
    return contextOf(
      {
        'aws:PrincipalArn': requester.roleArn,
        'aws:PrincipalAccount': service === undefined ? requester.account : undefined,
        'aws:PrincipalType': service === undefined ? 'AssumedRole' : undefined,
        'aws:PrincipalIsAWSService': String(service !== undefined),
        'aws:PrincipalServiceName': service,
        'aws:SourceArn': sourceArn,
        'aws:SourceAccount': service === undefined ? undefined : world.account,
        'aws:ResourceAccount': world.account,
        'aws:RequestedRegion': world.region,
        // The endpoint is on this machine, where nothing is encrypted; the same clients reach AWS by TLS.
        'aws:SecureTransport': 'true',
        'aws:CurrentTime': now.toISOString(),
        'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
      },
      Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    );
  };

  const identityOf = async (principal: Principal): Promise<Identity> => {
    if (principal.arn === DEPLOYER.arn) return administrator;
    const name = roleNameOf(principal);
    if (name !== undefined) return identities.role(name, principal);
    const profile = profileNameOf(principal);
    if (profile !== undefined) return identities.profile(profile, principal);
    return { ...NO_POLICIES, requester: { arn: principal.arn, account: world.account, service: principal.service } };
  };

  const policiesOn = async (action: string, resource: string): Promise<Omit<PolicySet, 'identity'>> => {
    if (action === 'sts:AssumeRole') {
      const name = roleNameOf({ arn: resource });
      return name === undefined ? {} : { resource: await identities.trust(name), isResourcePolicyRequired: true };
    }
    const document = await resourcePolicyOf(action, resource, ask);
    return {
      ...(document === undefined ? {} : { resource: identities.read('resource policy', document) }),
      isResourcePolicyRequired: action.startsWith('kms:'),
    };
  };

  const judge = async (
    identity: Identity,
    context: Context,
    { action, resources, context: more = {} }: Need,
  ): Promise<readonly Decision[]> =>
    Promise.all(
      // A call that names nothing is no reason to let it through.
      (resources.length === 0 ? ['*'] : resources).map(async (resource) => {
        const isKey = action.startsWith('kms:') && identity.requester.service === 'events.amazonaws.com';
        const request = {
          requester: identity.requester,
          action,
          resource,
          context: new Map([...(isKey ? withoutSource(context) : context), ...contextOf(more)]),
        };
        const own = { identity: identity.policies, boundary: identity.boundary };
        const verdict = evaluate(request, { ...own, ...(await policiesOn(action, resource)) });
        return { ...verdict, action, resource };
      }),
    );

  /** What a principal may do of all that is needed; the answer to a denial is that of `service`. */
  const decide = async (
    principal: Principal,
    service: string,
    action: string,
    find: () => Promise<readonly Need[]>,
  ): Promise<Decision | undefined> => {
    const answered = (decision: Decision): Decision => ({
      ...decision,
      error: denialOf(service, principal.arn, decision.action, decision.resource, decision.reason),
    });
    try {
      const identity = await identityOf(principal);
      const context = contextFor(identity, principal);
      const needs = await Promise.all((await find()).map((need) => withResourceTags(need, ask)));
      const decisions = (await Promise.all(needs.map((need) => judge(identity, context, need)))).flat();
      const denied = decisions.find(({ allowed }) => !allowed);
      return denied === undefined ? decisions.at(0) : answered(denied);
    } catch (error) {
      // A role that does not exist has no credentials.
      const reason = `because: ${error instanceof Error ? error.message : String(error)}`;
      return answered({ allowed: false, action, resource: '*', reason });
    }
  };

  const needsOfCall = async (call: Call): Promise<readonly Need[]> => {
    const action = `${call.service}:${call.operation}`;
    const needs = [...needsOf(call, world), ...(await keyNeedsOf(call, world, ask))];
    return needs.length > 0 || FREE.has(action) ? needs : [{ action, resources: [] }];
  };

  const isFree = (principal: Principal): boolean =>
    principal.service === undefined &&
    (isBootstrapRole(principal.arn) ||
      // What a service-linked role may do is the matter of its service.
      principal.arn.includes(':role/aws-service-role/') ||
      (roleNameOf(principal) === undefined && profileNameOf(principal) === undefined));

  /** Not even an administrator gets a role that does not trust the account. */
  const isTrustAsked = ({ principal, service, operation, input }: Call): boolean =>
    principal.arn === DEPLOYER.arn &&
    service === 'sts' &&
    operation === 'AssumeRole' &&
    !isBootstrapRole(textIn(input, 'RoleArn'));

  return {
    check: async (call) => {
      const { principal, service, operation } = call;
      if (isFree(principal) && !isTrustAsked(call)) return undefined;
      return decide(principal, service, `${service}:${operation}`, () => needsOfCall(call));
    },
    judge: async ({ principal, action, resource, context, service = action.slice(0, action.indexOf(':')) }) => {
      if (isFree(principal)) return undefined;
      return decide(principal, service, action, async () => {
        const arn = action.startsWith('kms:') ? await keyArnOf(resource, ask) : resource;
        return arn === undefined ? [] : [{ action, resources: [arn], context }];
      });
    },
  };
};
