import type { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IPipelineStep } from './pipeline-step-interface';
import type { IPipelineTrigger } from './pipeline-trigger-interface';

/** What starts a pipeline, what it does, and where its results go. */
export interface BatchPipelineProps {
  /** What starts the pipeline, and where its items come from. */
  readonly trigger: IPipelineTrigger;

  /** What the pipeline does, one step after the other; at least one. */
  readonly steps: IPipelineStep[];

  /**
   * Name of the pipeline in records and notifications; different from that of other pipelines with the same table.
   *
   * @default - the path of the construct, such as `MyStack/MyPipeline`
   */
  readonly pipelineName?: string;

  /**
   * Bucket for items and results, below `submissions/`.
   *
   * @default - the bucket of the trigger
   */
  readonly bucket?: s3.IBucket;

  /**
   * Table with a record of each submission: partition key `pipeline`, sort key `submissionId`, both strings.
   *
   * @default - a new `ResultsTable`
   */
  readonly resultsTable?: dynamodb.ITable;

  /**
   * Topic that is told how each submission ended, as JSON; the message attributes are `status` and `pipeline`.
   *
   * @default - a new `NotificationTopic`
   */
  readonly topic?: sns.ITopic;

  /**
   * Key that encrypts logs, functions, the dead-letter queue, the new table and the new topic.
   *
   * @default - the key of the bucket or, if it has none, a new `DataKey`
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long an execution may take. When it is over, jobs are terminated, but nothing is recorded or published: the
   * timeouts of the steps should come first.
   *
   * @default Duration.days(30)
   */
  readonly timeout?: Duration;

  /**
   * What happens to the table and the key that the pipeline defines when their stack is deleted.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
