import type { Machine } from '../language/definition';
import type { Json } from '../language/json';
import type { Scope } from './scope';

/** Runs a machine from its first state to its end, and gives its output. */
export type RunMachine = (machine: Machine, input: Json, scope: Scope) => Promise<Json>;
