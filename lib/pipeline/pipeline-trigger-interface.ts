import type * as events from 'aws-cdk-lib/aws-events';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** How an object that starts a pipeline becomes items. */
export enum PipelineItems {
  /** The object is the only item, as `{"bucket", "key", "versionId"}`. */
  OBJECT = 'object',
  /** Each line of the object is an item: JSON Lines in UTF-8. */
  MANIFEST = 'manifest',
}

/** What a pipeline learns from its trigger. */
export interface PipelineTriggerConfig {
  /** How the object in an event becomes items. */
  readonly items: PipelineItems;

  /**
   * Events on the default bus that start the pipeline: `Object Created` events of S3.
   *
   * @default - the pipeline is started by hand
   */
  readonly eventPattern?: events.EventPattern;

  /**
   * When the pipeline is started.
   *
   * @default - not by the clock
   */
  readonly schedule?: events.Schedule;

  /**
   * Input of the executions that `eventPattern` or `schedule` start: an event, or an object with `items`.
   *
   * @default - the event
   */
  readonly input?: events.RuleTargetInput;

  /**
   * Bucket with the objects that start the pipeline, or with its items. Events of other buckets, and items in them, are
   * refused.
   *
   * @default - the `bucket` of the pipeline
   */
  readonly bucket?: s3.IBucket;

  /**
   * What the keys of these objects begin with: the pipeline may read what is below.
   *
   * @default - any key
   */
  readonly prefix?: string;
}

/** What starts a pipeline. */
export interface IPipelineTrigger {
  /** Called once by the pipeline that it starts. `scope` is for what the trigger has to define. */
  bind(scope: Construct): PipelineTriggerConfig;
}
