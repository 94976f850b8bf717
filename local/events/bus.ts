import { notSupported } from '../core/errors';
import type { Reader } from '../core/reader';

const DEFAULT_BUS = 'default';

/** Refuses every bus but the default one, which may be given by name or ARN. */
export const checkBus = (reader: Reader): void => {
  const bus = reader.optionalText('EventBusName') ?? DEFAULT_BUS;
  if (bus === DEFAULT_BUS || /^arn:[^:]+:events:.*:event-bus\/default$/.test(bus)) return;
  throw notSupported(`the event bus '${bus}'`, `it has the bus '${DEFAULT_BUS}'`);
};
