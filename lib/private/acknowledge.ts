import { Stack, Validations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { type Acknowledgement, type AcknowledgementName, ACKNOWLEDGEMENTS } from '../contracts/acknowledgements';
import { AS_FINDING, written } from './written';

/**
 * Says why what scanners find at `scope` stands. It changes no template, and costs nothing where none is used.
 *
 * @param rule The rule that is about `scope`, when the acknowledgement has others for other kinds of resources.
 * @internal
 */
export function acknowledge(scope: IConstruct, name: AcknowledgementName, rule?: string): void {
  record(scope, ACKNOWLEDGEMENTS[name], '', rule);
}

/**
 * The same for rules that name each thing they find, such as an ARN with a wildcard.
 *
 * The ids contain what the template has in the end, so they are made when what other stacks define is filled in.
 * @internal
 */
export function acknowledgeEach(scope: IConstruct, name: AcknowledgementName, arns: readonly string[]): void {
  scope.node.addValidation({
    validate: () => {
      acknowledgeNow(scope, name, arns);
      return [];
    },
  });
}

/** The same at the end of synthesis. @internal */
export function acknowledgeNow(scope: IConstruct, name: AcknowledgementName, arns: readonly string[]): void {
  const acknowledgement: Acknowledgement = ACKNOWLEDGEMENTS[name];
  for (const arn of arns) {
    const found = written(Stack.of(scope).resolve(arn), AS_FINDING);
    record(scope, acknowledgement, `[${acknowledgement.finding ?? ''}::${found}]`);
  }
}

/** For a grant by the library: the resources with a wildcard can be no narrower. @internal */
export function acknowledgeWildcards({ grantPrincipal }: iam.IGrantable, resourceArns: readonly string[]): void {
  const holder: unknown = grantPrincipal;
  const wide = resourceArns.filter((arn) => arn.includes('*'));
  if (wide.length > 0 && Construct.isConstruct(holder)) acknowledgeEach(holder, 'narrowest-resource', wide);
}

/** For a role that a service acts as: AWS keeps these policies. @internal */
export function acknowledgePolicies(role: iam.Role, policies: readonly iam.IManagedPolicy[]): void {
  acknowledgeEach(
    role,
    'policy-of-aws',
    policies.map((policy) => policy.managedPolicyArn),
  );
}

function record(scope: IConstruct, { rules, reason }: Acknowledgement, finding: string, only?: string): void {
  for (const [rule, packs] of Object.entries(rules)) {
    if (only !== undefined && rule !== only) continue;
    for (const pack of packs) {
      const id = `${pack}-${rule}${finding}`;
      if (!isRecorded(scope, id)) Validations.of(scope).acknowledge({ id, reason });
    }
  }
}

/** The CDK puts a name space before the id. */
function isRecorded(scope: IConstruct, id: string): boolean {
  return scope.node.metadata.some(({ type, data }) => {
    const ids: unknown = type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY ? data : undefined;
    return typeof ids === 'object' && ids !== null && Object.keys(ids).some((key) => key.endsWith(`::${id}`));
  });
}
