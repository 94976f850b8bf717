import { notSupported } from './errors';
import type { Input } from './service';

/** Refuses every parameter that is not in the list, by its name: what has no effect must not be accepted silently. */
export const refuseOthers = (what: string, input: Input, supported: ReadonlySet<string>): void => {
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined && value !== null && !supported.has(name)) throw notSupported(`'${name}' of ${what}`);
  }
};
