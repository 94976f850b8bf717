import type { Input, Principal } from '../core/service';
import type { World } from '../core/world';

/** Something that did not reach somebody. */
export interface DeadLetter {
  /** What it is and whom it did not reach. */
  readonly what: string;
  readonly error: unknown;
  /** Without one it is lost, with a note. */
  readonly queue: string | undefined;
  readonly body: string;
  /** The text attributes that tell why. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly principal: Principal;
}

/** Why a delivery failed, in words; never empty, as an attribute of a message must not be. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message : String(error);

const textAttributes = (attributes: Readonly<Record<string, string>>): Input =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );

/** Keeps what could not be delivered in its dead-letter queue. */
export const sendToDeadLetterQueue = async (world: World, letter: DeadLetter): Promise<void> => {
  const { what, error, queue, body, attributes, principal } = letter;
  world.note(`${what} and ${queue === undefined ? 'is lost' : `goes to ${queue}`}: ${reasonOf(error)}`);
  if (queue === undefined) return;
  const input = { QueueUrl: queue, MessageBody: body, MessageAttributes: textAttributes(attributes) };
  await world.call({ service: 'sqs', operation: 'SendMessage', input, principal });
};
