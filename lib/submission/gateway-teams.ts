import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { SUBMIT_ENV, type TeamTarget } from '../contracts/submission';
import { TEAM_TAG } from '../contracts/team';
import { checkEachTag, checkTagCount } from '../job/definition/job-tags';
import { fail } from '../private/check';
import { grantTable } from '../private/grant-table';
import type { GatewayTagging } from './gateway-tagging';
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
  private readonly teams = new Map<string, TeamTarget>();
  private quotas?: QuotaTable;

  public constructor(
    scope: Construct,
    id: string,
    private readonly submit: lambda.Function,
    private readonly tagging: GatewayTagging,
    private readonly encryptionKey?: kms.IKey,
  ) {
    super(scope, id);
  }

  /** Whose jobs the function submits, by the alias it is called by; undefined without teams. */
  public get targets(): Readonly<Record<string, TeamTarget>> | undefined {
    return this.teams.size === 0 ? undefined : Object.fromEntries(this.teams);
  }

  public add(name: string, options: SubmissionTeamOptions, queues?: string[]): ISubmissionGateway {
    this.checkName(name);
    if (queues?.length === 0)
      throw fail(this, `'queues' of the team '${name}' is empty: name at least one, or leave it out`);
    const { shareIdentifier = name, quota } = options;
    checkShareIdentifier(this, shareIdentifier);
    const tags = { [TEAM_TAG]: name, ...options.tags };
    checkEachTag(this, 'tags', tags);
    checkTagCount(this, tags);
    this.tagging.allow(tags);
    this.teams.set(name, {
      ...{ queues, shareIdentifier, tags },
      ...(quota === undefined ? {} : { quota: quota._render(this) }),
    });
    if (quota !== undefined) this.quotas ??= this.addTable();
    return new TeamGateway(this, name, this.submit);
  }

  private addTable(): QuotaTable {
    const table = new QuotaTable(this, 'Quotas', this.encryptionKey);
    grantTable(table, this.submit, 'dynamodb:UpdateItem');
    this.submit.addEnvironment(SUBMIT_ENV.quotas, table.tableName);
    return table;
  }

  private checkName(name: string): void {
    if (this.teams.has(name)) throw fail(this, `there is a team '${name}' already: choose another name`);
    if (!Token.isUnresolved(name) && ALIAS.test(name)) return;
    throw fail(
      this,
      `the name of a team is that of an alias, known before the deployment: up to 128 letters, digits, hyphens and ` +
        `underscores, not digits alone, got ${JSON.stringify(name)}`,
      'pipeline-gateway-team',
    );
  }
}
