import type { Size } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { FIRELENS_DRIVER } from '../../contracts/rules/container';
import { awsLogsDriver } from './aws-logs-driver';
import { optionsDriver } from './options-driver';
import type { LogContext, LogDriver } from './log-driver';

/** How a container writes to CloudWatch Logs. */
export interface AwsLogsOptions {
  /**
   * Log group of your own; give it a retention.
   *
   * @default - the log group of the job, which expires and is encrypted as the job says
   */
  readonly logGroup?: logs.ILogGroup;

  /**
   * First part of the names of log streams, before the name of the container and the id of the ECS task.
   *
   * @default - the name of the job definition
   */
  readonly streamPrefix?: string;

  /**
   * `strftime` pattern of the first line of a message, so that following lines join it, as in stack traces.
   *
   * @default - each line is a message
   */
  readonly datetimeFormat?: string;

  /**
   * Regular expression for the first line of a message, so that following lines join it. Costs more than
   * `datetimeFormat`.
   *
   * @default - each line is a message
   */
  readonly multilinePattern?: string;

  /**
   * Memory of a buffer between the command and the log: when it is full, lines are lost and the command goes on.
   *
   * @default - no buffer: the command waits until its output is taken
   */
  readonly nonBlockingBuffer?: Size;
}

/** What a log driver is told. */
export interface LogDriverOptions {
  /**
   * Options of the driver, named as in its documentation.
   *
   * @default - the driver does as it does by itself
   */
  readonly options?: Record<string, string>;

  /**
   * Options with secret values, such as tokens. ECS reads them as the execution role.
   *
   * @default - no option is secret
   */
  readonly secretOptions?: Record<string, batch.Secret>;
}

/** Where the output of a container goes. */
export class JobLogging {
  /** To CloudWatch Logs: the default. Stored logs are paid by GB (https://aws.amazon.com/cloudwatch/pricing/). */
  public static awsLogs(options: AwsLogsOptions = {}): JobLogging {
    return new JobLogging(awsLogsDriver(options));
  }

  /** To Splunk, whose driver wants the options `splunk-url` and, as a secret, `splunk-token`. */
  public static splunk(options: LogDriverOptions): JobLogging {
    return new JobLogging(optionsDriver('splunk', options));
  }

  /**
   * To the container of the same job that is its log router, `firelens` in `TaskContainer`. The options are those of its
   * output plugin, such as `Name` and `Match`.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
   */
  public static firelens(options: LogDriverOptions = {}): JobLogging {
    return new JobLogging(optionsDriver(FIRELENS_DRIVER, options));
  }

  /**
   * To any other driver that the instances offer: `fluentd`, `gelf`, `json-file`, `journald`, `syslog` or one of your own
   * image. Not for Fargate.
   *
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_LogConfiguration.html
   */
  public static driver(name: string, options: LogDriverOptions = {}): JobLogging {
    return new JobLogging(optionsDriver(name, options));
  }

  private constructor(private readonly logDriver: LogDriver) {}

  /** @internal */
  public get _usesFirelens(): boolean {
    return this.logDriver.name === FIRELENS_DRIVER;
  }

  /** @internal */
  public _render(context: LogContext): batch.CfnJobDefinition.LogConfigurationProperty {
    return this.logDriver.render(context);
  }
}
