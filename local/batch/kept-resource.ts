import type { Input } from '../core/service';
import { clientError } from './checks';
import type { BatchState } from './state';

export type KeptKind = 'consumable-resource' | 'quota-share' | 'scheduling-policy' | 'service-environment';

/** A resource that is kept as requested; others read from it what has an effect here. */
export interface KeptResource {
  readonly sequence: number;
  readonly kind: KeptKind;
  readonly name: string;
  readonly arn: string;
  /** Named as the API names them. */
  properties: Input;
  /** What jobs hold of a consumable resource, or have used up for good. */
  inUse: number;
  tags: Readonly<Record<string, string>>;
}

/** By ARN, or by the name where the API takes one. */
export const findKept = (state: BatchState, kind: KeptKind, reference: string): KeptResource => {
  const arn = reference.startsWith('arn:') ? reference : state.world.arn('batch', `${kind}/${reference}`);
  const found = state.kept.get(arn);
  if (found?.kind !== kind) throw clientError(`${kind.replace('-', ' ')} '${reference}' does not exist`);
  return found;
};

/** What jobs may still take of a consumable resource. */
export const availableOf = ({ properties, inUse }: KeptResource): number =>
  Math.max(0, Number(properties.totalQuantity) - inUse);
