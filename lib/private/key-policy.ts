import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';

/**
 * Lets CloudWatch Logs encrypt log groups of the stack of `scope` with `key`; imported keys are left as they are.
 *
 * May be called for each log group: equal statements of a key policy become one.
 * @internal
 */
export function allowLogs(scope: IConstruct, key: kms.IKey): void {
  const stack = Stack.of(scope);
  const logGroups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'CloudWatchLogs',
      principals: [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      resources: ['*'],
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    }),
    true,
  );
}

/**
 * Lets EventBridge and CloudWatch write to topics and queues that are encrypted with `key`; imported keys are left as
 * they are. May be called for each topic and queue.
 * @internal
 */
export function allowEvents(key: kms.IKey): void {
  // No condition on aws:SourceArn or aws:SourceAccount: EventBridge does not send them to KMS, and what it publishes
  // would be dropped without a word.
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'EventsAndAlarms',
      principals: [
        new iam.ServicePrincipal('events.amazonaws.com'),
        new iam.ServicePrincipal('cloudwatch.amazonaws.com'),
      ],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
    true,
  );
}
