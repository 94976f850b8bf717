import { Duration } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { deadLetterQueue } from '../operations/dead-letter-queue';
import { NotificationTopic } from '../operations/notification-topic';
import { acknowledgeWildcards } from '../private/acknowledge';
import { fail } from '../private/check';
import { encryptedLogGroup } from '../private/encrypted-log-group';
import { allowEvents } from '../private/key-policy';
import { grantSendKey } from '../private/send-key';
import { DataKey } from '../storage/data-key';
import { ResultsTable } from '../storage/results-table';
import { BatchPipelineGrants } from './batch-pipeline-grants';
import type { BatchPipelineProps } from './batch-pipeline-props';
import { checkLoop, checkSteps } from './pipeline-checks';
import { executionLogName } from './execution-log-name';
import { pipelineDefinition } from './pipeline-definition';
import { collectFunction, planFunction } from './pipeline-functions';
import type { PipelineTriggerConfig } from './pipeline-trigger-interface';
import { serviceRole } from '../private/service-role';

/**
 * Defines a pipeline: what starts it, the jobs it submits, and what becomes of their results.
 *
 * The execution of a state machine plans the items, runs the steps, records the outcome in a table and publishes it to a
 * topic, whether it succeeded or failed. An object that S3 tells of twice is worked on once.
 *
 * Resources: a state machine, two functions, a results table, a topic, a rule with a dead-letter queue, roles and log
 * groups. **Cost**: by use only, a few cents for a thousand executions; nothing when idle
 * (https://aws.amazon.com/step-functions/pricing/).
 */
export class BatchPipeline extends Construct {
  /** Name of the pipeline in records and notifications. */
  public readonly pipelineName: string;
  /** Bucket with items and results, below `submissions/`. */
  public readonly bucket: s3.IBucket;
  /** The state machine, one execution for each submission. */
  public readonly stateMachine: sfn.StateMachine;
  /** Table with a record of each submission. */
  public readonly resultsTable: dynamodb.ITable;
  /** Permissions on the pipeline. */
  public readonly grants = BatchPipelineGrants.fromBatchPipeline(this);
  /** Topic that is told how each submission ended. */
  public readonly topic: sns.ITopic;
  /**
   * Queue with the events that could not start an execution, for 14 days.
   *
   * @default - the pipeline is not started by events
   */
  public readonly deadLetterQueue?: sqs.IQueue;

  public constructor(scope: Construct, id: string, props: BatchPipelineProps) {
    super(scope, id);
    const { removalPolicy, steps } = props;
    const trigger = props.trigger.bind(this);
    const bucket = props.bucket ?? trigger.bucket;
    if (bucket === undefined) throw fail(this, `'bucket' is missing: this trigger has none that items could go to`);
    checkSteps(this, steps);
    checkLoop(this, trigger, bucket);

    const pipelineName = props.pipelineName ?? this.node.path;
    const encryptionKey = props.encryptionKey ?? bucket.encryptionKey ?? new DataKey(this, 'Key', { removalPolicy });
    const resultsTable = props.resultsTable ?? new ResultsTable(this, 'Results', { encryptionKey, removalPolicy });
    const topic = props.topic ?? new NotificationTopic(this, 'Topic', { encryptionKey });
    const stores = { bucket, resultsTable, encryptionKey };

    this.pipelineName = pipelineName;
    this.bucket = bucket;
    this.resultsTable = resultsTable;
    this.topic = topic;
    this.stateMachine = new sfn.StateMachine(this, 'StateMachine', {
      definitionBody: sfn.DefinitionBody.fromChainable(
        pipelineDefinition(new Construct(this, 'States'), {
          pipelineName,
          bucket,
          topic,
          steps,
          items: trigger.items,
          plan: planFunction(this, stores, trigger),
          collect: collectFunction(this, stores),
        }),
      ),
      queryLanguage: sfn.QueryLanguage.JSONATA,
      role: serviceRole(this, 'Role', 'states', 'stateMachine'),
      timeout: props.timeout ?? Duration.days(30),
      tracingEnabled: true,
      logs: {
        destination: encryptedLogGroup(this, 'Logs', encryptionKey, { logGroupName: executionLogName(this) }),
        level: sfn.LogLevel.ALL,
        // The data of a job are its description, with its environment; the history of the execution has them.
        includeExecutionData: false,
      },
    });
    grantSendKey(this.stateMachine, topic.masterKey);
    // Delivery of logs and X-Ray: the actions take no resource.
    acknowledgeWildcards(this.stateMachine, ['*']);
    const { eventPattern, schedule } = trigger;
    if (eventPattern !== undefined || schedule !== undefined) {
      this.deadLetterQueue = this.startOn(trigger, encryptionKey);
    }
  }

  private startOn({ eventPattern, schedule, input }: PipelineTriggerConfig, key: kms.IKey): sqs.IQueue {
    const queue = deadLetterQueue(this, 'DeadLetters', key);
    allowEvents(this, key);
    const target = new targets.SfnStateMachine(this.stateMachine, {
      role: serviceRole(this, 'TriggerRole', 'events', 'rule'),
      deadLetterQueue: queue,
      input,
      retryAttempts: 185,
      maxEventAge: Duration.hours(24),
    });
    new events.Rule(this, 'Trigger', { eventPattern, schedule, targets: [target] });
    return queue;
  }
}
