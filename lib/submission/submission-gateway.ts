import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SUBMISSIONS_PREFIX } from '../contracts/layout';
import { SUBMIT_ENV, type SubmissionTargets } from '../contracts/submission';
import type { IBatchJob } from '../job/batch-job-interface';
import { grantBucketRead, grantBucketWrite } from '../job/bucket-access';
import { findMisfit } from '../job/fit/check-fit';
import { shellParametersOf } from '../job/definition/shell-parameters';
import { grantSubmissionAccess } from '../job/submission-access';
import { deadLetterQueue } from '../operations/dead-letter-queue';
import { bundledFunction } from '../private/bundled-function';
import { fail, warn } from '../private/check';
import { grantActions } from '../private/grant-actions';
import type { IJobQueue } from '../queue/job-queue-interface';
import { environmentBytes, MAX_ENVIRONMENT_BYTES } from './gateway-environment';
import { GatewayFunction } from './gateway-function';
import { GatewayQueues } from './gateway-queues';
import { GatewayTagging } from './gateway-tagging';
import { GatewayTeams } from './gateway-teams';
import { calledFunction } from './imported-gateway-function';
import { checkShareIdentifier } from './share';
import { SubmissionGatewayGrants } from './submission-gateway-grants';
import type { ISubmissionGateway } from './submission-gateway-interface';
import type { SubmissionGatewayProps } from './submission-gateway-props';
import { targetOf } from './submission-target';
import type { SubmissionTeamOptions } from './submission-team-options';
import type { ITeamGateway } from './team-gateway-interface';

/**
 * Defines a function through which people and programs submit jobs with 0 to 10,000 items.
 *
 * A request names a job and the items to work on: `{"job": "delays", "items": {"list": [...]}}`, a prefix of S3 or a
 * manifest. It is refused before anything is done when it has a field that is not known, or names a job, a queue or a
 * bucket that the gateway was not told of; no error and no log line repeats values of parameters and variables, or items.
 *
 * On a queue with a scheduling policy the job is submitted under its share identifier or, if it has none, under the one in
 * the request, and with its `submissionTags`. The gateway writes the items where the children of the job find them, and submits a plain job or an array
 * job, as many as there are. It may submit the jobs that were added to it, and nothing else.
 *
 * Invoked asynchronously, a request that fails is tried three times and then kept in the dead-letter queue for 14 days:
 * give it an `idempotencyKey`, so that no job runs twice. What the function knows of jobs, queues and teams is in its
 * environment of 4 KB. That takes about 30 jobs, or 15 jobs and 10 teams with tags, queues and quotas; there is a warning when
 * more is used by an estimate.
 *
 * Resources: a function with role and log group, a dead-letter queue; with teams an alias for each, and a table once one of
 * them has a quota. **Cost**: by request; nothing when idle.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export class SubmissionGateway extends Construct implements ISubmissionGateway, ITeamGateway, iam.IGrantable {
  /**
   * Refers to the gateway that a function belongs to, or to that of a team by its alias. Import an alias whose ARN is known at
   * deployment only with `lambda.Alias.fromAliasAttributes`.
   */
  public static fromSubmitFunction(scope: Construct, id: string, submitFunction: lambda.IFunction): ISubmissionGateway {
    class Imported extends Construct implements ISubmissionGateway {
      public readonly submitFunction = calledFunction(this, 'Function', submitFunction);
      public readonly grants = SubmissionGatewayGrants.fromSubmitFunction(this.submitFunction);
    }
    return new Imported(scope, id);
  }

  /** Function that takes the requests. */
  public readonly submitFunction: lambda.IFunction;
  /** Queue with the asynchronous requests that failed, for 14 days. */
  public readonly deadLetterQueue: sqs.IQueue;
  /** Who gets what is granted to the gateway. Where items come from is said by its `sources`. */
  public readonly grantPrincipal: iam.IPrincipal;
  /** Permissions on the gateway. */
  public readonly grants: SubmissionGatewayGrants;

  private readonly bucket: s3.IBucket;
  /** Where items may be, as the function reads it. */
  private readonly sources: string;
  private readonly tagging: GatewayTagging;
  private readonly teams: GatewayTeams;
  private readonly queues = new Map<string, IJobQueue>();
  private readonly jobs = new Map<string, IBatchJob>();

  public constructor(scope: Construct, id: string, props: SubmissionGatewayProps) {
    super(scope, id);
    const { bucket, sources = [] } = props;
    this.bucket = bucket;
    const known = sources.map((one) => ({ bucket: one.bucket.bucketName, prefix: one.prefix }));
    this.sources = Stack.of(this).toJsonString(known);
    const encryptionKey = props.encryptionKey ?? bucket.encryptionKey;
    this.deadLetterQueue = deadLetterQueue(this, 'DeadLetters', encryptionKey);
    const options = {
      handler: 'submit',
      description: 'Submits jobs with their items to AWS Batch',
      environment: {
        [SUBMIT_ENV.bucket]: bucket.bucketName,
        [SUBMIT_ENV.sources]: this.sources,
        [SUBMIT_ENV.targets]: Lazy.string({ produce: () => Stack.of(this).toJsonString(this.targets()) }),
      },
      // 10,000 items of 4 KiB are held as text and as the object that is written.
      memoryMiB: 1024,
      timeout: Duration.minutes(5),
      encryptionKey,
      deadLetterQueue: this.deadLetterQueue,
    };
    const submit = bundledFunction(this, 'Function', options, GatewayFunction);
    for (const source of sources) grantBucketRead(source.bucket, submit, source.prefix);
    grantBucketWrite(bucket, submit, `${SUBMISSIONS_PREFIX}*/items.jsonl`);
    // A job with the name of an earlier request is looked for in its queues; ListJobs takes no narrower resource.
    grantActions(submit, ['batch:ListJobs'], ['*']);

    this.submitFunction = submit;
    this.tagging = new GatewayTagging(submit);
    this.teams = new GatewayTeams(this, 'Teams', submit, this.tagging, encryptionKey);
    this.grantPrincipal = submit.grantPrincipal;
    this.grants = SubmissionGatewayGrants.fromSubmitFunction(submit);
    for (const [name, queue] of Object.entries(props.queues ?? {})) this.addQueue(name, queue);
    this.node.addValidation({ validate: () => this.validateJobs() });
  }

  /** Lets callers submit a job by this name. Its code may read the items and write results below `submissions/`. */
  public addJob(name: string, job: IBatchJob): void {
    if (name === '') throw fail(this, `the name of a job must not be empty: callers ask for the job by it`);
    if (this.jobs.has(name)) throw fail(this, `there is a job ${JSON.stringify(name)} already: choose another name`);
    if (job.shareIdentifier !== undefined) checkShareIdentifier(this, job.shareIdentifier);
    this.checkShell(name, job);
    for (const [queueName, queue] of this.queues) this.checkQueue(name, job, queueName, queue);
    this.jobs.set(name, job);
    job.grants.submit(this);
    job.queue.grants.submit(this);
    grantSubmissionAccess(this.bucket, job);
    this.tagging.addJob(job);
  }

  /** Lets callers choose a queue by this name. */
  public addQueue(name: string, queue: IJobQueue): void {
    if (this.queues.has(name))
      throw fail(this, `there is a queue ${JSON.stringify(name)} already: choose another name`);
    this.queues.set(name, queue);
    queue.grants.submit(this);
    for (const [jobName, job] of this.jobs) this.checkQueue(jobName, job, name, queue);
  }

  /**
   * Lets a team call the gateway in its own name: by an alias of the function, which tells the gateway who calls and which
   * only those may call whom the team's `grants` allow it.
   *
   * The team submits every job of the gateway but those with the share identifier or the tag `team` of somebody else, to its
   * queues, under its own share identifier where they have a scheduling policy, with its tags, and as many as its quota
   * allows. Its idempotency keys are its own. The name of the team, up to 128 letters, digits, hyphens and underscores and not digits alone, is that of
   * the alias: it has to be known before the deployment.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/using-aliases.html
   */
  public addTeam(name: string, options: SubmissionTeamOptions = {}): ISubmissionGateway {
    return this.teams.add(
      name,
      options,
      options.queues?.map((queue) => this.ensuredName(queue)),
    );
  }

  /** The name of a queue, under the path of its construct if it has none yet. */
  private ensuredName(queue: IJobQueue): string {
    const known = new GatewayQueues(this.queues).find(queue);
    if (known !== undefined) return known;
    this.addQueue(queue.node.path, queue);
    return queue.node.path;
  }

  private targets(): SubmissionTargets {
    const all = [...this.jobs];
    const queues = new GatewayQueues(
      this.queues,
      all.map(([, { queue }]) => queue),
    );
    const jobs = all.map(
      ([name, job]) => [name, targetOf(job, queues.find(job.queue) ?? job.queue.node.path)] as const,
    );
    const { targets: teams } = this.teams;
    return { jobs: Object.fromEntries(jobs), queues: queues.targets, ...(Object.keys(teams).length > 0 && { teams }) };
  }

  /**
   * Callers learn of a queue that does not fit when it is too late: the job waits there forever. AWS Batch itself refuses
   * what is made for another kind of compute.
   */
  private checkQueue(jobName: string, job: IBatchJob, queueName: string, queue: IJobQueue): void {
    if (queue.platformCapability !== job.queue.platformCapability) return;
    const misfit = findMisfit(job.demands, queue, job.queue.platformCapability);
    if (misfit === undefined) return;
    warn(
      this,
      `callers may submit the job ${JSON.stringify(jobName)} to the queue ${JSON.stringify(queueName)}, where it never ` +
        `runs: ${misfit.message}`,
      'pipeline-gateway-queue',
    );
  }

  /** Who may submit a job may not run any command in the name of its role. */
  private checkShell(jobName: string, job: IBatchJob): void {
    const parameters = shellParametersOf(job);
    if (parameters.length === 0) return;
    throw fail(
      this,
      `a shell of the job ${JSON.stringify(jobName)} reads ${parameters.map((one) => `Ref::${one}`).join(', ')} as a part ` +
        `of its script, where the value of a caller could be any command: let the script read its arguments, as in ` +
        `['sh', '-c', 'python report.py "$1"', 'report', 'Ref::day']`,
      'pipeline-gateway-shell',
    );
  }

  private validateJobs(): string[] {
    if (this.jobs.size === 0)
      return [`the gateway has no jobs to submit: add one with addJob() (in ${this.node.path})`];
    const problems = [...this.jobs].flatMap(([name, job]) => this.teams.problemsOf(name, job));
    if (problems.length > 0) return problems;
    const { least, about } = environmentBytes(this.submitFunction);
    if (about <= MAX_ENVIRONMENT_BYTES) return [];
    const teams = Object.keys(this.teams.targets).length;
    const what = `the gateway has ${this.jobs.size} jobs${teams === 0 ? '' : ` and ${teams} teams`}, `;
    const hint = `the ${MAX_ENVIRONMENT_BYTES} bytes that a function has for its environment: spread them over several gateways`;
    if (least > MAX_ENVIRONMENT_BYTES) return [`${what}more than fit into ${hint} (in ${this.node.path})`];
    warn(this, `${what}about ${about} bytes of ${hint}`, 'pipeline-gateway-size');
    return [];
  }
}
