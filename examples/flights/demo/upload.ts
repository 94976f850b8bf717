import { readFileSync } from 'node:fs';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { isFlights, type Flight } from '../shared/delay-by-hour';
import { PATHS } from './paths';
import { Progress } from './progress';

export const PARTS = 200;
const UPLOADS_AT_ONCE = 8;

/** US flights of 2001 with their delays, as the npm package vega-datasets ships them. */
export function readFlights(): readonly Flight[] {
  const flights: unknown = JSON.parse(readFileSync(PATHS.flights, 'utf8'));
  if (!isFlights(flights)) throw new Error(`${PATHS.flights} must be a JSON list of flights`);
  return flights;
}

/** Keys of the parts, in order. */
export const partKeys = (): readonly string[] =>
  Array.from({ length: PARTS }, (_, part) => `incoming/flights/part-${String(part).padStart(3, '0')}.json`);

/** Uploads the flights as part files, then the manifest that names them: the manifest starts the pipeline. */
export async function upload(s3: S3Client, bucket: string, flights: readonly Flight[]): Promise<void> {
  const progress = new Progress('parts');
  const size = Math.ceil(flights.length / PARTS);
  const keys = Array.from(
    { length: PARTS },
    (_, part) => `incoming/flights/part-${String(part).padStart(3, '0')}.json`,
  );
  for (let first = 0; first < PARTS; first += UPLOADS_AT_ONCE) {
    const batch = keys.slice(first, first + UPLOADS_AT_ONCE);
    await Promise.all(
      batch.map((Key, offset) => {
        const start = (first + offset) * size;
        const Body = JSON.stringify(flights.slice(start, start + size));
        return s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
      }),
    );
    progress.update(first + batch.length, PARTS);
  }
  progress.end();
  const manifest = keys.map((key) => JSON.stringify({ bucket, key })).join('\n');
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'incoming/flights/manifest.jsonl', Body: manifest }));
}
