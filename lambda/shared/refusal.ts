import type { RefusalName } from '../../lib/contracts/errors';

/** An error that a state machine can catch by its name. */
export const refusal = (name: RefusalName, message: string): Error => Object.assign(new Error(message), { name });
