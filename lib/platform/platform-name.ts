import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PLATFORM_PARAMETERS, SHARED_NAME, SHARED_NAME_IN_WORDS } from '../contracts/descriptor';
import { fail, warn } from '../private/check';

const MAX_NAME = 128;

/** A platform among others. */
interface Named extends IConstruct {
  readonly platformName: string;
}

/** Rejects a name that cannot stand in the name of a parameter. @internal */
export function checkSharedName(scope: IConstruct, what: string, name: string): void {
  if (Token.isUnresolved(name) || SHARED_NAME.test(name)) return;
  throw fail(
    scope,
    `the name of ${what} must be ${SHARED_NAME_IN_WORDS}, got ${JSON.stringify(name)}`,
    'platform-name',
  );
}

/** The same for a name that is needed before the deployment. @internal */
export function checkKnownName(scope: IConstruct, name: string): void {
  checkSharedName(scope, 'a platform', name);
  if (!Token.isUnresolved(name)) return;
  const hint = 'CloudFormation reads parameters whose names are in the template';
  throw fail(scope, `the name of a platform must be known before the deployment: ${hint}`, 'platform-name');
}

/** The given name or, without one, that of the stack and the path in it, cut with a hash at its end when too long. @internal */
export function platformNameOf(platform: IConstruct, given?: string): string {
  const name = given ?? pathOf(platform);
  checkSharedName(platform, 'a platform', name);
  return name;
}

function pathOf(platform: IConstruct): string {
  const { scopes } = platform.node;
  const top = scopes.find((scope) => Stack.isStack(scope));
  const ids = scopes.slice(scopes.findIndex((scope) => scope === top) + 1).map(({ node }) => node.id);
  const name = [Stack.of(top ?? platform).stackName, ...ids].join('-').replace(/[^A-Za-z0-9_-]/g, '-');
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME - 9)}-${platform.node.addr.slice(-8)}`;
}

/** Rejects a name that one of the others has in the same account and Region; warns where these are not known. @internal */
export function checkNameFree(platform: IConstruct, name: string, others: readonly Named[]): void {
  for (const other of others.filter(({ platformName }) => platformName === name)) {
    const isTaken = areTogether(platform, other);
    if (isTaken === false) continue;
    const found =
      `the platform ${other.node.scope?.node.path ?? ''} has the name '${name}' already, and an account has one ` +
      `parameter ${PLATFORM_PARAMETERS.descriptor(name)} in a Region`;
    if (isTaken === true) throw fail(platform, `${found}: give another 'platformName'`, 'platform-name-taken');
    warn(
      platform,
      `${found}: in the same account and Region, the second deployment fails, as the parameter exists; give the stacks ` +
        `an 'env' each, or the platform another 'platformName'`,
      'platform-name-environment',
    );
  }
}

/** Whether two constructs are deployed to the same account and Region; nothing if that is not known. */
function areTogether(one: IConstruct, other: IConstruct): boolean | undefined {
  const [mine, its] = [Stack.of(one), Stack.of(other)];
  if (mine === its) return true;
  const compared = [Token.compareStrings(mine.account, its.account), Token.compareStrings(mine.region, its.region)];
  if (compared.includes(TokenComparison.DIFFERENT)) return false;
  return compared.every((result) => result === TokenComparison.SAME) || undefined;
}
