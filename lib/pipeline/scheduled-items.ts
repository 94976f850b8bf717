import * as events from 'aws-cdk-lib/aws-events';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/** What a pipeline works on that is started by the clock. */
export class ScheduledItems {
  /** One item: the time that the schedule meant, as `{"time": "2026-11-21T02:00:00Z"}`. */
  public static time(): ScheduledItems {
    return new ScheduledItems({ list: [{ time: events.EventField.time }] });
  }

  /** The same texts each time, up to 10,000 of them. */
  public static texts(texts: string[]): ScheduledItems {
    return new ScheduledItems({ list: texts });
  }

  /** Each object below the prefix is an item, as `{"bucket", "key"}`, up to 10,000 of them. */
  public static objects(bucket: s3.IBucket, prefix: string): ScheduledItems {
    return new ScheduledItems({ prefix: { bucket: bucket.bucketName, prefix } }, bucket, prefix);
  }

  /** Each line of an object is an item: JSON Lines in UTF-8, up to 10,000 of them. */
  public static manifest(bucket: s3.IBucket, key: string): ScheduledItems {
    return new ScheduledItems({ manifest: { bucket: bucket.bucketName, key } }, bucket, key);
  }

  private constructor(
    private readonly source: Record<string, unknown>,
    /**
     * Bucket that the items are in.
     *
     * @default - the items are in the schedule
     */
    public readonly bucket?: s3.IBucket,
    /**
     * What the keys begin with that the pipeline reads.
     *
     * @default - the items are in the schedule
     */
    public readonly prefix?: string,
  ) {}

  /** @internal */
  public _input(): events.RuleTargetInput {
    return events.RuleTargetInput.fromObject({ items: this.source });
  }
}
