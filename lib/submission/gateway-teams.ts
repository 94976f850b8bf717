import { Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { SUBMIT_ENV, type TeamTarget } from '../contracts/submission';
import { MAX_TAGS } from '../contracts/rules/tags';
import { TEAM_TAG } from '../contracts/team';
import type { IBatchJob } from '../job/batch-job-interface';
import { checkEachTag, checkTagCount } from '../job/definition/job-tags';
import { fail, violation } from '../private/check';
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
    this.submitFunction = new lambda.Alias(this, 'Alias', { aliasName, version: submit.latestVersion });
    this.grants = SubmissionGatewayGrants.fromSubmitFunction(this.submitFunction);
  }
}

/** The teams that call a gateway, each by an alias of its function; what is in this scope has the name of a team. @internal */
export class GatewayTeams extends Construct {
  private readonly teams = new Map<string, TeamTarget>();
  private quotas?: QuotaTable;

  public constructor(
    private readonly gateway: Construct,
    id: string,
    private readonly submit: lambda.Function,
    private readonly tagging: GatewayTagging,
    private readonly encryptionKey?: kms.IKey,
  ) {
    super(gateway, id);
  }

  /** Whose jobs the function submits, by the alias it is called by. */
  public get targets(): Readonly<Record<string, TeamTarget>> {
    return Object.fromEntries(this.teams);
  }

  public add(name: string, options: SubmissionTeamOptions, queues?: string[]): ISubmissionGateway {
    const { gateway } = this;
    this.checkName(name);
    if (queues?.length === 0)
      throw fail(gateway, `'queues' of the team '${name}' is empty: name at least one, or leave it out`);
    const { shareIdentifier = name, quota } = options;
    checkShareIdentifier(gateway, shareIdentifier);
    const tags = { [TEAM_TAG]: name, ...options.tags };
    checkEachTag(gateway, 'tags', tags);
    checkTagCount(gateway, tags);
    this.checkFree('share identifier', shareIdentifier, (team) => team.shareIdentifier);
    this.checkFree(`tag '${TEAM_TAG}'`, tags[TEAM_TAG], (team) => team.tags[TEAM_TAG]);
    const target = { queues, shareIdentifier, tags, quota: quota?._render(gateway) };
    this.tagging.allow(tags);
    this.teams.set(name, target);
    if (quota !== undefined) this.quotas ??= this.addTable();
    return new TeamGateway(this, name, this.submit);
  }

  /** What is wrong with a job of the gateway once a team submits it. */
  public problemsOf(jobName: string, { shareIdentifier, submissionTags = {} }: IBatchJob): string[] {
    return [...this.teams].flatMap(([name, team]) => {
      const isOf = (mark: string | undefined, own: string) => mark === undefined || mark === own;
      if (!isOf(shareIdentifier, team.shareIdentifier) || !isOf(submissionTags[TEAM_TAG], team.tags[TEAM_TAG]))
        return [];
      const count = Object.keys({ ...submissionTags, ...team.tags }).length;
      if (count <= MAX_TAGS) return [];
      const what = `the job ${JSON.stringify(jobName)} has ${count} tags when the team '${name}' submits it`;
      const hint = `AWS Batch takes ${MAX_TAGS}: give fewer to the job or to the team`;
      return [violation(this.gateway, `${what}, ${hint}`, 'job-tags')];
    });
  }

  private addTable(): QuotaTable {
    const table = new QuotaTable(this.gateway, 'Quotas', this.encryptionKey);
    grantTable(table, this.submit, 'dynamodb:UpdateItem');
    this.submit.addEnvironment(SUBMIT_ENV.quotas, table.tableName);
    return table;
  }

  private checkName(name: string): void {
    if (this.teams.has(name)) throw fail(this.gateway, `there is a team '${name}' already: choose another name`);
    if (!Token.isUnresolved(name) && ALIAS.test(name)) return;
    throw fail(
      this.gateway,
      `the name of a team is that of an alias, known before the deployment: up to 128 letters, digits, hyphens and ` +
        `underscores, not digits alone, got ${JSON.stringify(name)}`,
      'pipeline-gateway-team',
    );
  }

  /** A job belongs to whoever has its share identifier and its tag. */
  private checkFree(what: string, value: string, of: (team: TeamTarget) => string): void {
    const taken = [...this.teams].find(([, team]) => of(team) === value);
    if (taken === undefined) return;
    throw fail(this.gateway, `the team '${taken[0]}' has the ${what} '${value}' already: give each team its own`);
  }
}
