import type { Reader } from '../core/reader';
import type { Principal } from '../core/service';
import type { World } from '../core/world';
import type { BusEvent } from './event';

/** One event on its way to a target. */
export interface Shipment {
  readonly event: BusEvent;
  /** What the target's input made of the event. */
  readonly text: string;
  readonly principal: Principal;
}

/** Hands a shipment to the service behind a target. */
export type Destination = (shipment: Shipment) => Promise<unknown>;

/** Checks a target's parameters and makes its destination. */
export type DestinationKind = (arn: string, target: Reader, world: World) => Destination;
