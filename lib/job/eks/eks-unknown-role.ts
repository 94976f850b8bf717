import { Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, type IConstruct } from 'constructs';
import { fail, warn } from '../../private/check';

/** Stands for the role of pods whose service account tells of none: says what has to be granted elsewhere. @internal */
export class UnknownPodRole implements iam.IPrincipal {
  public readonly assumeRoleAction = 'sts:AssumeRoleWithWebIdentity';
  public readonly grantPrincipal = this;
  public readonly principalAccount: string;

  public constructor(private readonly job: IConstruct) {
    this.principalAccount = Stack.of(job).account;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    throw fail(
      this.job,
      `no policy can name the role of the pods, as it is not known: give a 'serviceAccount' that has a 'role'`,
    );
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    const permission = JSON.stringify(Stack.of(this.job).resolve(statement.toStatementJson()));
    warn(
      this.job,
      `the role of the pods is not known, so it has to get elsewhere what is granted to the job: ${permission}; or give ` +
        `a 'serviceAccount' that has a 'role'`,
      'job-eks-unknown-role',
    );
    return { statementAdded: true, policyDependable: new DependencyGroup() };
  }
}
