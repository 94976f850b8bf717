import { Reader } from '../../core/reader';
import { callService } from '../integrations/integration';
import { StateFailure } from '../language/failure';
import { isJsonObject, type Json } from '../language/json';
import type { Visit } from './visit';

/** How a child execution of a distributed Map ended. */
export interface ChildResult {
  readonly executionArn: string;
  readonly name: string;
  readonly input: Json;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'PENDING';
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  /** Milliseconds since 1970. */
  readonly started?: number;
  readonly stopped?: number;
}

const time = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();

const shown = (result: ChildResult, stateMachineArn: string) => ({
  ExecutionArn: result.executionArn,
  Input: JSON.stringify(result.input),
  InputDetails: { Included: true },
  Name: result.name,
  ...(result.output === undefined ? {} : { Output: JSON.stringify(result.output), OutputDetails: { Included: true } }),
  ...(result.error === undefined ? {} : { Error: result.error, Cause: result.cause ?? '' }),
  RedriveCount: 0,
  StartDate: time(result.started),
  StateMachineArn: stateMachineArn,
  Status: result.status,
  StopDate: time(result.stopped),
});

/** Writes the results of a Map Run: a file for each way of ending, and a manifest that names them. */
export const writeResults = async (
  template: Json,
  visit: Visit,
  mapRunArn: string,
  results: readonly ChildResult[],
): Promise<Json> => {
  const { context } = visit.scope;
  const place = await visit.evaluate(template, 'ResultWriter');
  const reader = new Reader(isJsonObject(place) ? place : {});
  const Bucket = reader.text('Bucket');
  const prefix = reader.optionalText('Prefix')?.replace(/\/$/, '');
  const run = mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1);
  const folder = prefix === undefined || prefix === '' ? run : `${prefix}/${run}`;
  const put = async (name: string, content: unknown): Promise<{ readonly Key: string; readonly Size: number }> => {
    const Body = Buffer.from(JSON.stringify(content));
    const Key = `${folder}/${name}`;
    await callService(context, 'S3', ['s3', 'PutObject'], { Bucket, Key, Body, ContentType: 'application/json' });
    return { Key, Size: Body.length };
  };
  try {
    const files: Record<string, readonly object[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
    for (const status of Object.keys(files)) {
      const own = results.filter((result) => result.status === status);
      if (own.length === 0) continue;
      files[status] = [
        await put(
          `${status}_0.json`,
          own.map((result) => shown(result, context.stateMachine.Id)),
        ),
      ];
    }
    const manifest = { DestinationBucket: Bucket, MapRunArn: mapRunArn, ResultFiles: files };
    return { Bucket, Key: (await put('manifest.json', manifest)).Key };
  } catch (error) {
    throw new StateFailure('States.ResultWriterFailed', error instanceof Error ? error.message : String(error));
  }
};
