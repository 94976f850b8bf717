import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { SUBMIT_ENV, type TeamTarget } from '../contracts/submission';
import { TEAM_TAG } from '../contracts/team';
import type { IBatchJob } from '../job/batch-job-interface';
import { anyJobArn, anyRevisionArns } from '../job/definition/job-definition-arn';
import { acknowledgeWildcards } from '../private/acknowledge';
import { fail } from '../private/check';
import { grantTable } from '../private/grant-table';
import { QuotaTable } from './quota-table';
import { checkShareIdentifier } from './share';
import { SubmissionGatewayGrants } from './submission-gateway-grants';
import type { ISubmissionGateway } from './submission-gateway-interface';
import type { SubmissionTeamOptions } from './submission-team-options';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
const ALIAS = /^(?!\d+$)[A-Za-z0-9_-]{1,128}$/;

/** A gateway as one team calls it. */
class TeamGateway extends Construct implements ISubmissionGateway {
  public readonly submitFunction: lambda.IFunction;
  public readonly grants: SubmissionGatewayGrants;

  public constructor(scope: Construct, aliasName: string, submit: lambda.Function) {
    super(scope, aliasName);
    const alias = new lambda.Alias(this, 'Alias', { aliasName, version: submit.latestVersion });
    this.submitFunction = alias;
    this.grants = SubmissionGatewayGrants._fromAlias(alias);
  }
}

/** The teams that call a gateway, each by an alias of its function. @internal */
export class GatewayTeams extends Construct {
  /** Whose jobs the function submits, by the alias it is called by. */
  public readonly targets: Record<string, TeamTarget> = {};

  /** With the tag of a team only, and never on jobs that are tagged as those of somebody else. */
  private readonly tagging = new iam.PolicyStatement({ actions: ['batch:TagResource'] });
  private quotas?: QuotaTable;

  public constructor(
    scope: Construct,
    id: string,
    private readonly submit: lambda.Function,
    private readonly encryptionKey?: kms.IKey,
  ) {
    super(scope, id);
  }

  public add(name: string, options: SubmissionTeamOptions): ISubmissionGateway {
    this.checkName(name);
    const { shareIdentifier = name, quota } = options;
    checkShareIdentifier(this, shareIdentifier);
    if (Object.keys(this.targets).length === 0) this.allowTagging();
    this.targets[name] = {
      shareIdentifier,
      tags: { [TEAM_TAG]: name, ...options.tags },
      ...(quota === undefined ? {} : { quota: quota._render(this) }),
    };
    if (quota !== undefined) this.quotas ??= this.addTable();
    const known = Object.values(this.targets).map(({ tags }) => tags[TEAM_TAG]);
    this.tagging.addCondition('StringEquals', { [`aws:RequestTag/${TEAM_TAG}`]: known });
    this.tagging.addCondition('StringEqualsIfExists', { [`aws:ResourceTag/${TEAM_TAG}`]: known });
    return new TeamGateway(this, name, this.submit);
  }

  /** The teams submit this job as well. AWS Batch may ask for the right to tag on its definition, too. */
  public addJob(job: IBatchJob): void {
    this.tagging.addResources(...anyRevisionArns(job));
  }

  private allowTagging(): void {
    const jobs = anyJobArn(this);
    this.tagging.addResources(jobs);
    this.submit.addToRolePolicy(this.tagging);
    acknowledgeWildcards(this.submit, [jobs]);
  }

  private addTable(): QuotaTable {
    const table = new QuotaTable(this, 'Quotas', this.encryptionKey);
    grantTable(table, this.submit, 'dynamodb:UpdateItem');
    this.submit.addEnvironment(SUBMIT_ENV.quotas, table.tableName);
    return table;
  }

  private checkName(name: string): void {
    if (name in this.targets) throw fail(this, `there is a team '${name}' already: choose another name`);
    if (!Token.isUnresolved(name) && ALIAS.test(name)) return;
    throw fail(
      this,
      `the name of a team is that of an alias, known before the deployment: up to 128 letters, digits, hyphens and ` +
        `underscores, not digits alone, got ${JSON.stringify(name)}`,
      'pipeline-gateway-team',
    );
  }
}
