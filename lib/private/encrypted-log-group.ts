import { RemovalPolicy } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { allowLogs } from './key-policy';

/** How long logs are kept. @internal */
export interface EncryptedLogGroupOptions {
  readonly retention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
  /** Only where a service asks for a prefix of its own; a name made by CloudFormation otherwise. */
  readonly logGroupName?: string;
}

/** Defines a log group that expires, encrypted with `key` or, without one, with a key that AWS owns. @internal */
export function encryptedLogGroup(
  scope: Construct,
  id: string,
  key?: kms.IKey,
  options: EncryptedLogGroupOptions = {},
): logs.LogGroup {
  if (key !== undefined) allowLogs(scope, key);
  return new logs.LogGroup(scope, id, {
    logGroupName: options.logGroupName,
    encryptionKey: key,
    retention: options.retention ?? logs.RetentionDays.ONE_MONTH,
    removalPolicy: options.removalPolicy ?? RemovalPolicy.DESTROY,
  });
}
