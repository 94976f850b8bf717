import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import type { Output } from '../core/service';
import { wholeNumber } from './configuration';

/** What happens to asynchronous invocations of a function. */
export interface EventInvokeConfig {
  /** 0 to 2. */
  readonly maxRetries: number;
  /** Seconds. */
  readonly maxAge: number;
  readonly onSuccess?: string;
  readonly onFailure?: string;
  readonly modifiedAt: Date;
}

/** A function without a configuration of its own. */
export const DEFAULT_EVENT_INVOKE: Omit<EventInvokeConfig, 'modifiedAt'> = { maxRetries: 2, maxAge: 21_600 };

const destinationOf = (config: Reader | undefined, name: string): string | undefined => {
  const arn = config?.optionalRecord(name)?.optionalText('Destination') ?? '';
  if (arn === '') return undefined;
  if (/^arn:aws:(sqs|sns|lambda|events):/.test(arn)) return arn;
  throw notSupported(`the destination ${arn}`, 'it has queues, topics, functions and event buses');
};

export const eventInvokeConfigOf = (input: Reader, current?: EventInvokeConfig): EventInvokeConfig => {
  const destinations = input.optionalRecord('DestinationConfig');
  const { maxRetries, maxAge } = current ?? DEFAULT_EVENT_INVOKE;
  return {
    maxRetries: wholeNumber(input, 'MaximumRetryAttempts', maxRetries, 0, 2),
    maxAge: wholeNumber(input, 'MaximumEventAgeInSeconds', maxAge, 60, 21_600),
    onSuccess: destinations === undefined ? current?.onSuccess : destinationOf(destinations, 'OnSuccess'),
    onFailure: destinations === undefined ? current?.onFailure : destinationOf(destinations, 'OnFailure'),
    modifiedAt: new Date(),
  };
};

export const describeEventInvokeConfig = (arn: string, config: EventInvokeConfig): Output => ({
  ...{ FunctionArn: `${arn}:$LATEST`, LastModified: config.modifiedAt },
  ...{ MaximumRetryAttempts: config.maxRetries, MaximumEventAgeInSeconds: config.maxAge },
  DestinationConfig: {
    OnSuccess: config.onSuccess === undefined ? {} : { Destination: config.onSuccess },
    OnFailure: config.onFailure === undefined ? {} : { Destination: config.onFailure },
  },
});
