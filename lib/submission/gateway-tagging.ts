import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { TEAM_TAG } from '../contracts/team';
import type { IBatchJob } from '../job/batch-job-interface';
import { anyJobArn, anyRevisionArns } from '../job/definition/job-definition-arn';
import { acknowledgeWildcards } from '../private/acknowledge';

/**
 * The right of a gateway to tag what it submits: with no other tags than those of its jobs and teams, and no jobs that have
 * the tag of a team that it knows nothing of.
 * @internal
 */
export class GatewayTagging {
  private readonly statement = new iam.PolicyStatement({ actions: ['batch:TagResource'] });
  private readonly keys = new Set<string>();
  private readonly owners = new Set<string>();

  public constructor(private readonly submit: lambda.Function) {}

  /** AWS Batch may ask for the right on the definition of the job as well. */
  public addJob(job: IBatchJob): void {
    this.statement.addResources(...anyRevisionArns(job));
    this.allow(job.submissionTags ?? {});
  }

  /** Jobs may be submitted with these tags. */
  public allow(tags: Readonly<Record<string, string>>): void {
    const keys = Object.keys(tags);
    if (keys.length === 0) return;
    if (this.keys.size === 0) this.attach();
    for (const key of keys) this.keys.add(key);
    this.statement.addCondition('ForAllValues:StringEquals', { 'aws:TagKeys': [...this.keys] });
    if (!(TEAM_TAG in tags)) return;
    this.owners.add(tags[TEAM_TAG]);
    const owners = [...this.owners];
    this.statement.addCondition('StringEqualsIfExists', {
      [`aws:RequestTag/${TEAM_TAG}`]: owners,
      [`aws:ResourceTag/${TEAM_TAG}`]: owners,
    });
  }

  private attach(): void {
    const jobs = anyJobArn(this.submit);
    this.statement.addResources(jobs);
    this.submit.addToRolePolicy(this.statement);
    acknowledgeWildcards(this.submit, [jobs]);
  }
}
