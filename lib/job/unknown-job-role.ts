import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/**
 * Stands for the role of a job that is defined elsewhere: warns of each permission that it has to get there.
 *
 * It belongs to the account of the stack: otherwise buckets and keys would try to name it in policies of their own.
 * @internal
 */
export class UnknownJobRole extends iam.UnknownPrincipal {
  public readonly principalAccount: string;

  public constructor(job: IConstruct) {
    super({ resource: job });
    this.principalAccount = Stack.of(job).account;
  }
}
