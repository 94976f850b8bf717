import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ErrorId } from '../../contracts/checks';
import { fail } from '../../private/check';

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const MAX_LABEL = 63;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_SUBDOMAIN = 253;

/** Whether Kubernetes takes a name as the prefix of a key. @internal */
export const isSubdomain = (name: string): boolean => name.length <= MAX_SUBDOMAIN && SUBDOMAIN.test(name);

/** Rejects what is no DNS label, as names inside of a pod have to be; deploy-time names pass. @internal */
export function checkLabel(scope: IConstruct, what: string, name: string | undefined, check: ErrorId): void {
  if (name === undefined || Token.isUnresolved(name)) return;
  if (name.length <= MAX_LABEL && LABEL.test(name)) return;
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
  if (name === 'default' || name.startsWith('kube-')) {
    const hint = `AWS Batch refuses 'default' and 'kube-*': create a namespace for jobs and name it here`;
    throw fail(scope, `${what} must not be ${JSON.stringify(name)}: ${hint}`, check);
  }
}
