import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { allowAlarms, allowEvents } from '../private/key-policy';

/** How a topic for notifications is protected. */
export interface NotificationTopicProps {
  /** Key that encrypts the messages. Who publishes to the topic must be allowed to use it; `grantPublish` sees to that. */
  readonly encryptionKey: kms.IKey;
}

/**
 * Defines a topic that people and programs subscribe to: encrypted, reached by TLS only. Rules of EventBridge and alarms
 * of CloudWatch may use its key, or what they publish would be dropped without a word.
 *
 * **Cost**: nothing but the messages, of which the first million a month is free (https://aws.amazon.com/sns/pricing/).
 */
export class NotificationTopic extends sns.Topic {
  public constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id, { masterKey: props.encryptionKey, enforceSSL: true });
    allowEvents(this, props.encryptionKey);
    allowAlarms(this, props.encryptionKey);
  }
}
