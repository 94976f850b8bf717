import { Stack, Token } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkLabel } from '../../compute/eks/eks-names';
import { POSIX_ID } from '../../contracts/rules/kubernetes';
import { checkRange, fail } from '../../private/check';
import { renderImage } from '../container/container-image';
import type { PodContainer } from './eks-container';
import { inWords } from './eks-container-size';
import { renderMounts } from './eks-mounts';
import { renderResources } from './eks-resources';
import { checkVariableName } from '../container/job-environment';
import { warnOfPlainSecrets } from '../container/plain-secrets';

/** Not root, whatever the image says. */
const DEFAULT_USER = 1000;

/** Renders a container of a pod. @internal */
export function renderContainer(
  scope: Construct,
  container: PodContainer,
): batch.CfnJobDefinition.EksContainerProperty {
  checkLabel(scope, 'the name of a container', container.name, 'job-eks-names');
  return {
    name: container.name,
    image: renderPodImage(scope, container),
    imagePullPolicy: container.imagePullPolicy,
    command: container.command,
    args: container.args,
    env: renderVariables(scope, container.environment),
    resources: renderResources(scope, container),
    securityContext: renderSecurityContext(scope, container),
    volumeMounts: renderMounts(scope, container),
  };
}

/**
 * Renders an image for a pod. An image wants to let a role pull it: that of the nodes is not known here, and may pull
 * all of Amazon ECR in the account, so it meets a role that cannot be changed and leaves no trace.
 */
function renderPodImage(scope: Construct, container: PodContainer): string {
  const binding = new Construct(scope, 'PodImageBinding');
  const arn = Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'nodes' });
  const puller = iam.Role.fromRoleArn(binding, 'Puller', arn, { mutable: false });
  const { image, repositoryCredentials } = renderImage(binding, container.image, puller);
  scope.node.tryRemoveChild(binding.node.id);
  if (repositoryCredentials !== undefined) {
    const hint = `put them into a Kubernetes secret and name it in 'imagePullSecrets' of the pod`;
    throw fail(
      scope,
      `the image of ${inWords(container)} comes with credentials in Secrets Manager, which nodes of Amazon EKS cannot ` +
        `use: ${hint}`,
      'job-eks-image',
    );
  }
  return image;
}

function renderVariables(
  scope: Construct,
  environment: Record<string, string> = {},
): batch.CfnJobDefinition.EksContainerEnvironmentVariableProperty[] | undefined {
  const variables = Object.entries(environment);
  for (const [name] of variables) checkVariableName(scope, name);
  warnOfPlainSecrets(scope, variables, `put them into a Kubernetes secret and mount it by PodVolume.secret()`);
  return variables.length === 0 ? undefined : variables.map(([name, value]) => ({ name, value }));
}

function renderSecurityContext(
  scope: Construct,
  container: PodContainer,
): batch.CfnJobDefinition.SecurityContextProperty {
  const user = container.user ?? DEFAULT_USER;
  const group = container.group ?? user;
  const privileged = container.privileged?._render(scope) ?? false;
  const allowPrivilegeEscalation = container.allowPrivilegeEscalation ?? privileged;
  checkRange(scope, 'user', user, ...POSIX_ID, { check: 'job-eks-security-context' });
  checkRange(scope, 'group', group, ...POSIX_ID, { check: 'job-eks-security-context' });
  if (privileged && !allowPrivilegeEscalation) {
    throw fail(
      scope,
      `${inWords(container)} must not be 'privileged' while 'allowPrivilegeEscalation' is false, as Kubernetes refuses ` +
        'it: leave one of them out',
      'job-eks-security-context',
    );
  }
  return {
    runAsUser: user,
    runAsGroup: group,
    // A user that is known at deploy time only may be root.
    runAsNonRoot: Token.isUnresolved(user) ? undefined : user !== 0,
    privileged,
    allowPrivilegeEscalation,
    readOnlyRootFilesystem: container.readonlyRootFilesystem,
  };
}
