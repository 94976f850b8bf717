import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Fault, FAULT_KINDS } from './core/faults';
import { Reader } from './core/reader';
import type { World } from './core/world';
import { refuseBrowsers } from './front/guard';

/** No bucket has such a name, so no client of AWS asks for it. */
const PREFIX = '/_endpoint/';

const faultOf = (input: Reader): Fault => {
  const kind = FAULT_KINDS.find((known) => known === input.text('kind'));
  if (kind === undefined) {
    throw new Error(`'kind' must be one of ${FAULT_KINDS.join(', ')}, got ${JSON.stringify(input.text('kind'))}`);
  }
  const fault = {
    kind,
    at: input.text('at'),
    probability: input.optionalNumber('probability'),
    times: input.optionalNumber('times'),
    milliseconds: input.optionalNumber('milliseconds'),
  };
  const unknown = Object.keys(input.values).filter((name) => !(name in fault));
  if (unknown.length > 0) throw new Error(`a fault has ${Object.keys(fault).join(', ')}, got ${unknown.join(', ')}`);
  const { probability = 1 } = fault;
  if (probability < 0 || probability > 1) throw new Error(`'probability' must be from 0 to 1, got ${probability}`);
  if (kind === 'latency' && fault.milliseconds === undefined) throw new Error("a latency has 'milliseconds'");
  return fault;
};

/** Reads a list of faults, as a file or a request holds it; throws for what is none. */
export const readFaults = (json: string): readonly Fault[] => {
  const faults: unknown = JSON.parse(json);
  return new Reader({ faults }).records('faults').map(faultOf);
};

/** Nobody means more; what milliseconds make of a clock could not be taken back. */
const LONGEST_ADVANCE_SECONDS = 10 * 366 * 24 * 3600;

const advance = async (world: World, json: string): Promise<void> => {
  const request: unknown = JSON.parse(json);
  const seconds = new Reader({ request }).record('request').number('advanceSeconds');
  if (seconds > LONGEST_ADVANCE_SECONDS) {
    throw new Error(`'advanceSeconds' must be at most ${LONGEST_ADVANCE_SECONDS}, ten years, got ${seconds}`);
  }
  if (seconds < 0) throw new Error(`'advanceSeconds' must not be negative, got ${seconds}`);
  await world.clock.advance(seconds * 1000);
};

type Action = (world: World, body: string) => unknown;

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['GET clock', () => undefined],
  ['POST clock', advance],
  [
    'PUT faults',
    (world, body) => {
      world.faults.set(readFaults(body));
    },
  ],
]);

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(body)}\n`);
};

const control = async (world: World, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const wanted = `${request.method ?? ''} ${(request.url ?? '').slice(PREFIX.length)}`;
  const action = ACTIONS.get(wanted);
  try {
    refuseBrowsers(request.headers);
    if (action === undefined) throw new Error(`must be one of ${[...ACTIONS.keys()].join(', ')}, got ${wanted}`);
    await action(world, await text(request));
    answer(response, 200, { time: world.clock.date().toISOString() });
  } catch (error) {
    answer(response, 400, { message: error instanceof Error ? error.message : String(error) });
  }
};

/** Lets a test drive the clock and make faults from another process; everything else is for `front`. */
export const withControl =
  (world: World, front: RequestListener): RequestListener =>
  (request, response) => {
    if (request.url?.startsWith(PREFIX) === true) void control(world, request, response);
    else front(request, response);
  };
