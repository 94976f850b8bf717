import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledge';
import { fail } from '../private/check';

/** How the bucket of a platform's data is protected. */
export interface DataBucketProps {
  /**
   * Key that encrypts the objects.
   *
   * @default - a new key of this bucket, rotated each year (1 USD a month)
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * What happens to the bucket when its stack is deleted; AWS deletes empty buckets only.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Defines a bucket for what jobs read and write: private, versioned, encrypted, reached by TLS only.
 *
 * It tells EventBridge of each new object (free of charge), which is what starts pipelines. Replaced and deleted versions
 * are kept for 30 days; uploads that never completed are removed after 7 days.
 */
export class DataBucket extends s3.Bucket {
  constructor(scope: Construct, id: string, props: DataBucketProps = {}) {
    super(scope, id, {
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: props.encryptionKey,
      bucketKeyEnabled: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      versioned: true,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          noncurrentVersionExpiration: Duration.days(30),
          expiredObjectDeleteMarker: true,
        },
      ],
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
    });

    // The property `eventBridgeEnabled` would bring a custom resource, although CloudFormation can do it by itself.
    const resource = this.node.defaultChild;
    if (!s3.CfnBucket.isCfnBucket(resource)) throw fail(this, 'the bucket has no AWS::S3::Bucket resource');
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };

    acknowledge(this, 'second-copy', 'S3BucketReplicationEnabled');
    acknowledge(this, 'access-log');
  }

  /** Does nothing: events are on from the start. */
  public override enableEventBridgeNotification(): void {
    // What it would add is the custom resource that the constructor does without.
  }

  /**
   * Adds a notification beside the events.
   *
   * Notifications are set by a custom resource of the CDK that overwrites all of them; the events stay on. Rules on the
   * events need none: prefer them.
   */
  public override addEventNotification(
    eventType: s3.EventType,
    destination: s3.IBucketNotificationDestination,
    ...filters: s3.NotificationKeyFilter[]
  ): void {
    super.enableEventBridgeNotification();
    super.addEventNotification(eventType, destination, ...filters);
  }
}
