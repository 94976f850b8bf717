import type * as events from 'aws-cdk-lib/aws-events';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { ObjectCreatedTrigger } from './object-created-trigger';
import { type IPipelineTrigger, PipelineItems, type PipelineTriggerConfig } from './pipeline-trigger-interface';
import { ScheduledItems } from './scheduled-items';

/** Which new objects start a pipeline. */
export interface ObjectCreatedOptions {
  /**
   * What the keys begin with.
   *
   * @default - any key
   */
  readonly prefix?: string;

  /**
   * What the keys end with.
   *
   * @default - any key
   */
  readonly suffix?: string;
}

/** Which manifests start a pipeline. */
export interface ManifestCreatedOptions {
  /**
   * What the keys begin with.
   *
   * @default - any key
   */
  readonly prefix?: string;

  /**
   * What the keys end with.
   *
   * @default 'manifest.jsonl'
   */
  readonly suffix?: string;
}

/**
 * What starts a pipeline.
 *
 * Any pipeline can be started by hand as well, with `{"items": {"list": [...]}}`, `{"items": {"prefix": {"bucket",
 * "prefix"}}}` or `{"items": {"manifest": {"bucket", "key"}}}` as input of the execution, in the bucket of
 * the trigger; in that of the pipeline when the trigger has none.
 */
export abstract class PipelineTrigger {
  /**
   * Each new object is a submission with one item: the object.
   *
   * S3 tells of a new object within seconds, sometimes twice, in no order; each version of an object is worked on once.
   * A bucket of this app is made to send its events to EventBridge, one that is defined elsewhere must do so.
   */
  public static objectCreated(bucket: s3.IBucket, options: ObjectCreatedOptions = {}): IPipelineTrigger {
    return new ObjectCreatedTrigger(PipelineItems.OBJECT, bucket, options.prefix, options.suffix);
  }

  /**
   * Each new manifest is a submission; its items are the lines of the manifest, up to 10,000 of them.
   *
   * Upload the manifest last, when what it lists is there.
   */
  public static manifestCreated(bucket: s3.IBucket, options: ManifestCreatedOptions = {}): IPipelineTrigger {
    return new ObjectCreatedTrigger(PipelineItems.MANIFEST, bucket, options.prefix, options.suffix ?? 'manifest.jsonl');
  }

  /**
   * A submission at each of these times, in UTC: `events.Schedule.cron({ hour: '2', minute: '0' })` is every night.
   *
   * For other time zones let an EventBridge Scheduler schedule start the state machine of a `manual()` pipeline.
   */
  public static schedule(schedule: events.Schedule, items: ScheduledItems = ScheduledItems.time()): IPipelineTrigger {
    return new ScheduleTrigger(schedule, items);
  }

  /** Executions are started by hand, or by other programs. The pipeline needs a `bucket`. */
  public static manual(): IPipelineTrigger {
    return new ManualTrigger();
  }
}

class ScheduleTrigger implements IPipelineTrigger {
  public constructor(
    private readonly schedule: events.Schedule,
    private readonly items: ScheduledItems,
  ) {}

  public bind(): PipelineTriggerConfig {
    const { schedule, items } = this;
    const { bucket, prefix } = items;
    return { items: PipelineItems.OBJECT, schedule, input: items._input(), bucket, prefix };
  }
}

class ManualTrigger implements IPipelineTrigger {
  public bind(): PipelineTriggerConfig {
    return { items: PipelineItems.OBJECT };
  }
}
