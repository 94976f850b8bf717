import { Stack } from 'aws-cdk-lib';
import type { AwsLogsOptions } from './job-logging';
import type { LogDriver } from './log-driver';

/** Writes to CloudWatch Logs. @internal */
export function awsLogsDriver(options: AwsLogsOptions): LogDriver {
  return {
    name: 'awslogs',
    render({ scope, executionRole, logGroup }) {
      const group = options.logGroup ?? logGroup();
      group.grantWrite(executionRole);
      return {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': group.logGroupName,
          'awslogs-region': Stack.of(scope).region,
          ...optional(options),
        },
      };
    },
  };
}

function optional(options: AwsLogsOptions): Record<string, string> {
  const { streamPrefix, datetimeFormat, multilinePattern, nonBlockingBuffer } = options;
  return {
    ...(streamPrefix === undefined ? {} : { 'awslogs-stream-prefix': streamPrefix }),
    ...(datetimeFormat === undefined ? {} : { 'awslogs-datetime-format': datetimeFormat }),
    ...(multilinePattern === undefined ? {} : { 'awslogs-multiline-pattern': multilinePattern }),
    ...(nonBlockingBuffer === undefined
      ? {}
      : { mode: 'non-blocking', 'max-buffer-size': `${nonBlockingBuffer.toKibibytes()}k` }),
  };
}
