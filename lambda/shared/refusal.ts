import type { RefusalName } from '../../lib/contracts/errors';
import { namedError } from './named-error';

/** An error that a state machine can catch by its name. */
export const refusal = (name: RefusalName, message: string): Error => namedError(name, message);
