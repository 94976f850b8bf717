import { AwsError, notSupported } from '../core/errors';
import type { Reader } from '../core/reader';

/** Which events of an execution go to a log group. */
export interface LogSettings {
  readonly level: 'ALL' | 'ERROR' | 'FATAL';
  readonly includeExecutionData: boolean;
  readonly logGroup: string;
}

/** What a state machine has beside its definition. */
export interface Settings {
  /** As given, for answers. */
  readonly loggingConfiguration: Readonly<Record<string, unknown>>;
  /** Accepted without effect: there is no X-Ray here. */
  readonly tracingConfiguration: Readonly<Record<string, unknown>>;
  /** Accepted without effect: nothing is encrypted on this machine. */
  readonly encryptionConfiguration?: Readonly<Record<string, unknown>>;
  readonly logs?: LogSettings;
}

const DEFAULTS: Settings = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
};

const logsOf = (configuration: Reader): LogSettings | undefined => {
  const level = configuration.optionalText('level') ?? 'OFF';
  if (level === 'OFF') return undefined;
  if (level !== 'ALL' && level !== 'ERROR' && level !== 'FATAL') {
    throw new AwsError('InvalidLoggingConfiguration', `'level' must be ALL, ERROR, FATAL or OFF, got '${level}'`);
  }
  const destinations = configuration.records('destinations');
  if (destinations.length !== 1) {
    throw new AwsError('InvalidLoggingConfiguration', `'destinations' must hold one log group for the level ${level}`);
  }
  const arn = destinations[0].record('cloudWatchLogsLogGroup').text('logGroupArn');
  const logGroup = /:log-group:([^:]+)/.exec(arn)?.[1];
  if (logGroup === undefined) {
    throw new AwsError('InvalidLoggingConfiguration', `'logGroupArn' must be the ARN of a log group, got '${arn}'`);
  }
  return { level, includeExecutionData: configuration.flag('includeExecutionData'), logGroup };
};

/** Reads what the input has, and keeps the rest as it was. */
export const settingsOf = (input: Reader, current: Settings = DEFAULTS): Settings => {
  const type = input.optionalText('type') ?? 'STANDARD';
  if (type !== 'STANDARD') throw notSupported(`state machines of the type ${type}`, 'use STANDARD');
  if (input.flag('publish')) throw notSupported('versions of state machines (publish)');
  const logging = input.optionalRecord('loggingConfiguration');
  return {
    loggingConfiguration: logging?.values ?? current.loggingConfiguration,
    tracingConfiguration: input.optionalRecord('tracingConfiguration')?.values ?? current.tracingConfiguration,
    encryptionConfiguration: input.optionalRecord('encryptionConfiguration')?.values ?? current.encryptionConfiguration,
    logs: logging === undefined ? current.logs : logsOf(logging),
  };
};
