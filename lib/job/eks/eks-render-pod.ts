import type * as batch from 'aws-cdk-lib/aws-batch';
import type { Construct, IConstruct } from 'constructs';
import { checkSubdomain } from '../../compute/eks/eks-names';
import { MAX_POD_CONTAINERS as MAX_CONTAINERS } from '../../contracts/rules/kubernetes';
import { fail } from '../../private/check';
import type { PodContainer } from './eks-container';
import { type PodMetadata, renderMetadata } from './eks-metadata';
import { renderVolumes } from './eks-mounts';
import type { PodOptions } from './eks-pod-options';
import { renderContainer } from './eks-render-container';
import { withScratch } from './eks-scratch';

/** What AWS Batch calls a container without a name (https://docs.aws.amazon.com/batch/latest/APIReference/API_EksContainer.html). */
const NAMELESS = 'Default';

/** A pod as a job definition has it; metadata is added by `addMetadata`. @internal */
export interface RenderedPod {
  readonly podProperties: batch.CfnJobDefinition.PodPropertiesProperty;
  readonly metadata?: PodMetadata;
}

/** Renders the pod of a job. @internal */
export function renderPod(scope: Construct, options: PodOptions): RenderedPod {
  const pod = withScratch(options);
  const { containers, initContainers = [], imagePullSecrets = [], serviceAccount } = pod;
  checkCount(scope, 'containers', containers, 1);
  checkCount(scope, 'initContainers', initContainers, 0);
  const all = [...initContainers, ...containers];
  checkNames(scope, all);
  for (const name of imagePullSecrets) checkSubdomain(scope, `a name in 'imagePullSecrets'`, name, 'job-eks-names');
  checkSubdomain(scope, 'the name of the service account', serviceAccount?.serviceAccountName, 'job-eks-names');
  const metadata = renderMetadata(scope, pod);
  return {
    podProperties: {
      containers: containers.map((container) => renderContainer(scope, container)),
      initContainers: orNothing(initContainers.map((container) => renderContainer(scope, container))),
      volumes: renderVolumes(scope, all),
      metadata: metadata && { labels: metadata.Labels },
      serviceAccountName: serviceAccount?.serviceAccountName,
      imagePullSecrets: orNothing(imagePullSecrets.map((name) => ({ name }))),
      // AWS Batch would take the network of the node if this were left out.
      hostNetwork: pod.hostNetwork ?? false,
      dnsPolicy: pod.dnsPolicy,
      shareProcessNamespace: pod.shareProcessNamespace,
    },
    metadata,
  };
}

/** All that containers of a pod execute, where placeholders may be. @internal */
export const commandsOf = (pod: PodOptions): string[][] =>
  [...pod.containers, ...(pod.initContainers ?? [])].map(({ command = [], args = [] }) => [...command, ...args]);

function checkCount(scope: IConstruct, prop: string, containers: readonly PodContainer[], least: number): void {
  if (containers.length >= least && containers.length <= MAX_CONTAINERS) return;
  throw fail(
    scope,
    `'${prop}' must hold ${least} to ${MAX_CONTAINERS} containers, got ${containers.length}`,
    'job-eks-container-count',
  );
}

function checkNames(scope: IConstruct, containers: readonly PodContainer[]): void {
  const names = containers.map(({ name = NAMELESS }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return;
  const what = twice === NAMELESS ? 'have no name' : `have the name '${twice}'`;
  throw fail(scope, `two containers of the pod ${what}: give each a name of its own`, 'job-eks-duplicate-name');
}

const orNothing = <T>(list: readonly T[]): T[] | undefined => (list.length === 0 ? undefined : [...list]);
