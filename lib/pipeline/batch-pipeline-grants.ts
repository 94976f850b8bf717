import type * as iam from 'aws-cdk-lib/aws-iam';
import { fail } from '../private/check';
import { withKey } from '../private/grant-key';
import type { BatchPipeline } from './batch-pipeline';

/** Permissions on a pipeline, for principals of this account and of others. */
export class BatchPipelineGrants {
  /** Permissions on a pipeline. */
  public static fromBatchPipeline(pipeline: BatchPipeline): BatchPipelineGrants {
    return new BatchPipelineGrants(pipeline);
  }

  private constructor(private readonly pipeline: BatchPipeline) {}

  /**
   * Lets `grantee` read the records of all submissions in the results table, and decrypt them: those of all pipelines that
   * write to it.
   *
   * A principal of another account gets it in the policies of the table and of its key; its own administrator has to allow
   * the same, and it names the table by its ARN. Fails for a table of another stack, whose policy cannot be changed.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-cross-account-access.html
   */
  public readRecords(grantee: iam.IGrantable): iam.Grant {
    const { resultsTable: table } = this.pipeline;
    const grant = table.grant(grantee, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query');
    // Grants say that they have changed the policy of an imported table as well.
    if (grant.resourceStatements.length > 0 && table.node.defaultChild === undefined) {
      const hint = 'grant it where the table is defined, or to a role of this account that the principal may assume';
      throw fail(this.pipeline, `the policy of a table of another stack cannot be changed: ${hint}`);
    }
    return withKey(table, table.encryptionKey, grant, grantee, 'kms:Decrypt', 'kms:DescribeKey');
  }
}
