import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcards } from './acknowledge';
import { encryptedLogGroup } from './encrypted-log-group';
import { grantSendKey } from './send-key';

/** Two levels up is `dist` when compiled and the repository when run from the sources. */
const HANDLERS = join(__dirname, '..', '..', 'lambda');

/** What differs between our functions. @internal */
export interface BundledFunctionOptions {
  /** Folder of the handler below `lambda`. */
  readonly handler: string;
  readonly description: string;
  readonly environment?: Record<string, string>;
  readonly timeout?: Duration;
  readonly memoryMiB?: number;
  /** Encrypts the environment variables and the log group. */
  readonly encryptionKey?: kms.IKey;
  readonly logRetention?: logs.RetentionDays;
  /** Receives events that an asynchronous invocation could not handle. */
  readonly deadLetterQueue?: sqs.IQueue;
}

/**
 * Defines a function from one of our bundles. Its role may write to its own log group and send traces, nothing else.
 * @internal
 */
export function bundledFunction(
  scope: Construct,
  id: string,
  options: BundledFunctionOptions,
  Function: typeof lambda.Function = lambda.Function,
): lambda.Function {
  const { encryptionKey } = options;
  const logGroup = encryptedLogGroup(scope, `${id}Logs`, encryptionKey, { retention: options.logRetention });
  const role = new iam.Role(scope, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  acknowledge(role, 'inline-policy');
  logGroup.grantWrite(role);
  encryptionKey?.grantDecrypt(role);
  grantSendKey(role, options.deadLetterQueue?.encryptionMasterKey);
  // X-Ray joins these traces to those of the state machine; its actions take no narrower resource than '*'.
  acknowledgeWildcards(role, ['*']);

  const bundled = new Function(scope, id, {
    code: lambda.Code.fromAsset(join(HANDLERS, options.handler)),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    description: options.description,
    environment: options.environment,
    environmentEncryption: encryptionKey,
    timeout: options.timeout ?? Duration.minutes(1),
    memorySize: options.memoryMiB ?? 256,
    deadLetterQueue: options.deadLetterQueue,
    tracing: lambda.Tracing.ACTIVE,
    role,
    logGroup,
  });
  acknowledge(bundled, 'function-concurrency');
  acknowledge(bundled, 'function-network');
  if (options.deadLetterQueue === undefined) acknowledge(bundled, 'synchronous-function');
  return bundled;
}
