import type { Input } from '../core/service';
import type { Alias } from './alias';
import type { Code } from './code';
import type { Configuration } from './configuration';
import type { EventInvokeConfig } from './event-invoke-config';

/** A function as it is now; each change makes a new one. */
export interface LambdaFunction {
  readonly arn: string;
  readonly name: string;
  readonly configuration: Configuration;
  readonly code: Code;
  readonly architectures: readonly string[];
  readonly modifiedAt: Date;
  /** Changes with the code and with the configuration. */
  readonly revisionId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Statements of its resource policy, by id. */
  readonly statements: ReadonlyMap<string, Input>;
  /** Its other names; none in a state that was kept before there were any. */
  readonly aliases?: ReadonlyMap<string, Alias>;
  readonly eventInvoke?: EventInvokeConfig;
  /** Most invocations at once. */
  readonly reservedConcurrency?: number;
}

/** A function as the API shows it. */
export const describeFunction = (fn: LambdaFunction): Input => {
  const { name, arn, configuration, code } = fn;
  const { KmsKeyArn, TracingConfig, ...inert } = configuration.inert;
  return {
    ...{ FunctionName: name, FunctionArn: arn, Runtime: configuration.runtime, Handler: configuration.handler },
    ...{ Role: configuration.role, Description: configuration.description, PackageType: 'Zip', Version: '$LATEST' },
    ...{ Timeout: configuration.timeout, MemorySize: configuration.memorySize, Architectures: fn.architectures },
    ...{ CodeSize: code.size, CodeSha256: code.sha256, RevisionId: fn.revisionId },
    LastModified: fn.modifiedAt.toISOString().replace('Z', '+0000'),
    ...{ State: 'Active', LastUpdateStatus: 'Successful' },
    Environment: { Variables: configuration.variables },
    LoggingConfig: { LogFormat: 'Text', LogGroup: configuration.logGroup },
    TracingConfig: TracingConfig ?? { Mode: 'PassThrough' },
    ...(configuration.deadLetterTarget === undefined
      ? {}
      : { DeadLetterConfig: { TargetArn: configuration.deadLetterTarget } }),
    ...(KmsKeyArn === undefined ? {} : { KMSKeyArn: KmsKeyArn }),
    ...inert,
  };
};
