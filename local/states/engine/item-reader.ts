import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { notSupported } from '../../core/errors';
import { Reader } from '../../core/reader';
import type { Input } from '../../core/service';
import { callService } from '../integrations/integration';
import type { ItemReader } from '../language/definition';
import { StateFailure } from '../language/failure';
import { isJsonArray, isJsonObject, type Json, parseJson } from '../language/json';
import { rowsOf } from './csv';
import type { Visit } from './visit';

const FAILED = 'States.ItemReaderFailed';

const DELIMITERS: ReadonlyMap<string, string> = new Map([
  ['COMMA', ','],
  ['PIPE', '|'],
  ['SEMICOLON', ';'],
  ['SPACE', ' '],
  ['TAB', '\t'],
]);

const bodyOf = async (body: unknown): Promise<string> => {
  if (body instanceof Readable) return text(body);
  return body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '';
};

const csv = (content: string, config: Reader): readonly Json[] => {
  const rows = rowsOf(content, DELIMITERS.get(config.optionalText('CSVDelimiter') ?? 'COMMA') ?? ',');
  const isGiven = config.optionalText('CSVHeaderLocation') === 'GIVEN';
  const headers = isGiven ? config.texts('CSVHeaders') : (rows.at(0) ?? []);
  return (isGiven ? rows : rows.slice(1)).map((row) =>
    Object.fromEntries(headers.map((header, index) => [header, row.at(index) ?? ''])),
  );
};

const parsed = (content: string, config: Reader): readonly Json[] => {
  const type = config.text('InputType');
  if (type === 'CSV') return csv(content, config);
  if (type === 'JSONL')
    return content
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(parseJson);
  if (type !== 'JSON') throw notSupported(`the InputType ${type} of an ItemReader`, 'it has CSV, JSON and JSONL');
  const items = parseJson(content);
  if (isJsonArray(items)) return items;
  throw new StateFailure(FAILED, 'Attempting to map over non-iterable node.');
};

const seconds = (value: unknown): number => (value instanceof Date ? Math.floor(value.getTime() / 1000) : 0);

/** All objects of a listing, page by page. */
const listed = async (visit: Visit, input: Input): Promise<readonly Json[]> => {
  const items: Json[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = new Reader(
      await callService(visit.scope.context, 'S3', ['s3', 'ListObjectsV2'], { ...input, ContinuationToken }),
    );
    for (const object of page.records('Contents')) {
      items.push({
        ...{ Etag: object.optionalText('ETag') ?? '', Key: object.text('Key'), Size: object.number('Size') },
        ...{ LastModified: seconds(object.values.LastModified), StorageClass: 'STANDARD' },
      });
    }
    ContinuationToken = page.optionalText('NextContinuationToken');
  } while (ContinuationToken !== undefined);
  return items;
};

const read = async ({ resource, config }: ItemReader, visit: Visit, input: Input): Promise<readonly Json[]> => {
  if (resource.endsWith(':listObjectsV2')) return listed(visit, input);
  const { Body } = await callService(visit.scope.context, 'S3', ['s3', 'GetObject'], input);
  return parsed(await bodyOf(Body), new Reader(config));
};

/** The items of a distributed Map that are in Amazon S3. */
export const readItems = async (reader: ItemReader, visit: Visit): Promise<readonly Json[]> => {
  const input = reader.arguments === undefined ? {} : await visit.evaluate(reader.arguments, 'ItemReader');
  const limit = reader.maxItems === undefined ? Infinity : await visit.number(reader.maxItems, 'MaxItems');
  try {
    return (await read(reader, visit, isJsonObject(input) ? input : {})).slice(0, limit);
  } catch (error) {
    if (error instanceof StateFailure && error.error === FAILED) throw error;
    throw new StateFailure(FAILED, error instanceof Error ? error.message : String(error));
  }
};
