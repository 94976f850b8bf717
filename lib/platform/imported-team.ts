import * as logs from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { PLATFORM_PARAMETERS } from '../contracts/descriptor';
import { TEAM_TAG, teamTag } from '../contracts/team';
import { fail } from '../private/check';
import type { IJobQueue } from '../queue/job-queue-interface';
import { SubmissionGateway } from '../submission/submission-gateway';
import type { ISubmissionGateway } from '../submission/submission-gateway-interface';
import { ImportedAlias } from './imported-alias';
import type { KnownTeam } from './known-platform';
import { checkSharedName } from './platform-name';
import { TeamGrants } from './team-grants';
import type { ITeam } from './team-interface';

/** A team of a platform of another stack: what is asked of it becomes a parameter of this stack. @internal */
export class ImportedTeam extends Construct implements ITeam {
  public readonly tags: Record<string, string>;
  public readonly grants: TeamGrants;

  private importedLog?: logs.ILogGroup;
  private importedGateway?: ISubmissionGateway;

  public constructor(
    scope: Construct,
    public readonly teamName: string,
    private readonly platformName: string,
    private readonly known: KnownTeam,
    private readonly queueOf: (name: string) => IJobQueue,
  ) {
    super(scope, teamName);
    checkSharedName(this, 'a team', teamName);
    if (known.queues.length === 0)
      throw fail(this, `'queues' is empty: name at least one that the team's jobs wait in`);
    this.tags = { ...known.tags, [TEAM_TAG]: teamTag(platformName, teamName) };
    this.grants = TeamGrants.fromTeam(this);
  }

  public get shareIdentifier(): string {
    return this.known.shareIdentifier ?? this.parameter(PLATFORM_PARAMETERS.teamShare);
  }

  public get queues(): IJobQueue[] {
    return this.known.queues.map(this.queueOf);
  }

  public get queue(): IJobQueue {
    return this.queueOf(this.known.queues[0]);
  }

  public get logGroup(): logs.ILogGroup {
    this.importedLog ??= logs.LogGroup.fromLogGroupName(this, 'Logs', this.parameter(PLATFORM_PARAMETERS.teamLog));
    return this.importedLog;
  }

  public get gateway(): ISubmissionGateway {
    if (this.importedGateway !== undefined) return this.importedGateway;
    const arn = this.parameter(PLATFORM_PARAMETERS.teamGateway);
    const alias = new ImportedAlias(this, 'SubmitFunction', arn, this.teamName);
    this.importedGateway = SubmissionGateway.fromSubmitFunction(this, 'Gateway', alias);
    return this.importedGateway;
  }

  private parameter(nameOf: (platform: string, team: string) => string): string {
    return StringParameter.valueForStringParameter(this, nameOf(this.platformName, this.teamName));
  }
}
