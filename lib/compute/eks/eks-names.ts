import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ErrorId } from '../../contracts/checks';
import { isLabel, isReservedNamespace, isSubdomain, MAX_LABEL, MAX_SUBDOMAIN } from '../../contracts/rules/kubernetes';
import { fail } from '../../private/check';

/** Rejects what is no DNS label, as names inside of a pod have to be; deploy-time names pass. @internal */
export function checkLabel(scope: IConstruct, what: string, name: string | undefined, check: ErrorId): void {
  if (name === undefined || Token.isUnresolved(name) || isLabel(name)) return;
  const allowed = `1 to ${MAX_LABEL} lower-case letters, digits and hyphens, not beginning or ending with a hyphen`;
  throw fail(scope, `${what} must be ${allowed}, got ${JSON.stringify(name)}`, check);
}

/** Rejects what is no DNS subdomain, as names of Kubernetes objects have to be; deploy-time names pass. @internal */
export function checkSubdomain(scope: IConstruct, what: string, name: string | undefined, check: ErrorId): void {
  if (name === undefined || Token.isUnresolved(name) || isSubdomain(name)) return;
  const allowed = `1 to ${MAX_SUBDOMAIN} lower-case letters, digits, hyphens and periods, as in a domain name`;
  throw fail(scope, `${what} must be ${allowed}, got ${JSON.stringify(name)}`, check);
}

/** Rejects namespaces that AWS Batch does not put pods into; deploy-time names pass. @internal */
export function checkNamespace(scope: IConstruct, what: string, name: string | undefined, check: ErrorId): void {
  checkLabel(scope, what, name, check);
  if (name === undefined || Token.isUnresolved(name)) return;
  if (isReservedNamespace(name)) {
    const hint = `AWS Batch refuses 'default' and 'kube-*': create a namespace for jobs and name it here`;
    throw fail(scope, `${what} must not be ${JSON.stringify(name)}: ${hint}`, check);
  }
}
