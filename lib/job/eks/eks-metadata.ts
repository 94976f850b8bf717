import { type CfnResource, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { checkNamespace } from '../../compute/eks/eks-names';
import { isKeyOfAwsBatch, isLabelValue, isMetadataKey, MAX_ANNOTATION } from '../../contracts/rules/kubernetes';
import { fail } from '../../private/check';
import type { PodOptions } from './eks-pod-options';

/** Namespace, labels and annotations of a pod, as a template has them. @internal */
export interface PodMetadata {
  readonly Namespace?: string;
  readonly Labels?: Record<string, string>;
  readonly Annotations?: Record<string, string>;
}

/** Renders namespace, labels and annotations of a pod. @internal */
export function renderMetadata(scope: IConstruct, pod: PodOptions): PodMetadata | undefined {
  const { labels = {}, annotations = {} } = pod;
  const namespace = namespaceOf(scope, pod);
  for (const [key, value] of Object.entries(labels)) {
    checkKey(scope, 'label', key);
    if (Token.isUnresolved(value) || isLabelValue(value)) continue;
    throw badValue(scope, 'label', key, value, 'at most 63 letters, digits, hyphens, underscores and periods');
  }
  for (const [key, value] of Object.entries(annotations)) {
    checkKey(scope, 'annotation', key);
    if (Token.isUnresolved(value) || value.length <= MAX_ANNOTATION) continue;
    throw badValue(scope, 'annotation', key, value, `at most ${MAX_ANNOTATION} characters`);
  }
  const metadata = { Namespace: namespace, Labels: orNothing(labels), Annotations: orNothing(annotations) };
  return Object.values(metadata).every((value) => value === undefined) ? undefined : metadata;
}

/** Adds metadata to a job definition: aws-cdk-lib knows labels only, and would drop the rest. @internal */
export function addMetadata(definition: CfnResource, eksProperties: string, metadata: PodMetadata | undefined): void {
  if (metadata === undefined) return;
  definition.addPropertyOverride(`${eksProperties}.PodProperties.Metadata`, metadata);
}

function namespaceOf(
  scope: IConstruct,
  { kubernetesNamespace: namespace, serviceAccount }: PodOptions,
): string | undefined {
  checkNamespace(scope, `'kubernetesNamespace'`, namespace, 'job-eks-namespace');
  const ofAccount = serviceAccount?.serviceAccountNamespace;
  if (serviceAccount === undefined || ofAccount === undefined) return namespace;
  const name = serviceAccount.serviceAccountName;
  checkNamespace(scope, `the namespace of service account '${name}'`, ofAccount, 'job-eks-namespace');
  if (namespace === undefined || Token.isUnresolved(namespace) || Token.isUnresolved(ofAccount)) {
    return namespace ?? ofAccount;
  }
  if (namespace !== ofAccount) {
    throw fail(
      scope,
      `service account '${name}' is in namespace '${ofAccount}', and pods in '${namespace}' cannot have it: ` +
        `leave 'kubernetesNamespace' out, or use a service account in '${namespace}'`,
      'job-eks-service-account',
    );
  }
  return namespace;
}

function checkKey(scope: IConstruct, kind: string, key: string): void {
  if (Token.isUnresolved(key)) return;
  if (isKeyOfAwsBatch(key)) {
    throw fail(
      scope,
      `the key of a ${kind} must not begin with 'batch.amazonaws.com/', which AWS Batch keeps for itself, ` +
        `got ${JSON.stringify(key)}: choose another prefix`,
      'job-eks-metadata',
    );
  }
  if (isMetadataKey(key)) return;
  throw fail(
    scope,
    `the key of a ${kind} must be a name of at most 63 letters, digits, hyphens, underscores and periods, after an ` +
      `optional domain name and '/', got ${JSON.stringify(key)}`,
    'job-eks-metadata',
  );
}

function badValue(scope: IConstruct, kind: string, key: string, value: string, allowed: string): Error {
  const got = JSON.stringify(value.length > MAX_ANNOTATION ? `${value.slice(0, 20)}...` : value);
  return fail(scope, `the value of ${kind} '${key}' must have ${allowed}, got ${got}`, 'job-eks-metadata');
}

const orNothing = (values: Record<string, string>): Record<string, string> | undefined =>
  Object.keys(values).length === 0 ? undefined : values;
