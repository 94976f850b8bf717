import { notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { invalidParameter, wholeNumber } from '../configuration';
import { checkFilters, FilterError } from '../../polling/filter';

/** A queue whose messages a function gets. */
export interface EventSourceMapping {
  readonly uuid: string;
  readonly queueArn: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly enabled: boolean;
  readonly batchSize: number;
  /** Seconds to gather a batch. */
  readonly window: number;
  /** Whether the answer of the function names the messages that failed. */
  readonly reportsFailures: boolean;
  /** Patterns as JSON text; a message that matches none of them is dropped. */
  readonly filters: readonly string[];
  /** Most batches at a time. */
  readonly maxConcurrency?: number;
  readonly modifiedAt: Date;
}

export type MappingSettings = Pick<
  EventSourceMapping,
  'enabled' | 'batchSize' | 'window' | 'reportsFailures' | 'filters' | 'maxConcurrency'
>;

const KNOWN = [
  ...['BatchSize', 'Enabled', 'EventSourceArn', 'FilterCriteria', 'FunctionName', 'FunctionResponseTypes'],
  ...['MaximumBatchingWindowInSeconds', 'ScalingConfig', 'UUID'],
];

/** Batches of more messages have to be waited for. */
const LARGE_BATCH = 10;

const reportsFailures = (types: readonly string[]): boolean => {
  const unknown = types.find((type) => type !== 'ReportBatchItemFailures');
  if (unknown !== undefined) throw invalidParameter(`'FunctionResponseTypes' may have ReportBatchItemFailures only`);
  return types.length > 0;
};

const filtersOf = (criteria: Reader): readonly string[] => {
  try {
    return checkFilters(criteria);
  } catch (error) {
    throw error instanceof FilterError ? invalidParameter(error.message) : error;
  }
};

/** Reads the settings of a new mapping, or what changes in an existing one. */
export const settingsOf = (input: Reader, current?: MappingSettings): MappingSettings => {
  const other = Object.keys(input.values).find((name) => input.has(name) && !KNOWN.includes(name));
  if (other !== undefined) throw notSupported(`${other} of event source mappings`, `it has ${KNOWN.join(', ')}`);
  const batchSize = wholeNumber(input, 'BatchSize', current?.batchSize ?? LARGE_BATCH, 1, 10_000);
  const window = wholeNumber(input, 'MaximumBatchingWindowInSeconds', current?.window ?? 0, 0, 300);
  if (batchSize > LARGE_BATCH && window === 0) {
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  const scaling = input.optionalRecord('ScalingConfig');
  const filters = input.optionalRecord('FilterCriteria');
  return {
    enabled: input.has('Enabled') ? input.flag('Enabled') : (current?.enabled ?? true),
    ...{ batchSize, window },
    reportsFailures: input.has('FunctionResponseTypes')
      ? reportsFailures(input.texts('FunctionResponseTypes'))
      : (current?.reportsFailures ?? false),
    filters: filters === undefined ? (current?.filters ?? []) : filtersOf(filters),
    maxConcurrency:
      scaling === undefined
        ? current?.maxConcurrency
        : scaling.has('MaximumConcurrency')
          ? wholeNumber(scaling, 'MaximumConcurrency', 2, 2, 1_000)
          : undefined,
  };
};

/** A mapping as the API shows it. */
export const describeMapping = (mapping: EventSourceMapping, arn: string, state?: string): Input => ({
  UUID: mapping.uuid,
  EventSourceMappingArn: arn,
  EventSourceArn: mapping.queueArn,
  FunctionArn: mapping.functionArn,
  BatchSize: mapping.batchSize,
  MaximumBatchingWindowInSeconds: mapping.window,
  FunctionResponseTypes: mapping.reportsFailures ? ['ReportBatchItemFailures'] : [],
  ...(mapping.filters.length > 0 && { FilterCriteria: { Filters: mapping.filters.map((Pattern) => ({ Pattern })) } }),
  ...(mapping.maxConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: mapping.maxConcurrency } }),
  State: state ?? (mapping.enabled ? 'Enabled' : 'Disabled'),
  StateTransitionReason: 'USER_INITIATED',
  LastModified: mapping.modifiedAt,
});
