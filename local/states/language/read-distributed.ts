import { notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import type { Distributed, ItemBatcher, ItemReader } from './definition';
import { isJsonObject, type Json, toJson } from './json';
import { type Place, templateOf, valueOf } from './read-rules';

const READERS = ['arn:aws:states:::s3:listObjectsV2', 'arn:aws:states:::s3:getObject'];
const WRITER = 'arn:aws:states:::s3:putObject';

const inside = ({ path, language }: Place, name: string): Place => ({ path: `${path}/${name}`, language });

/** `Arguments` with JSONata, `Parameters` with JSONPath. */
const argumentsOf = (reader: Reader, place: Place): Json | undefined =>
  templateOf(reader, place.language === 'JSONata' ? 'Arguments' : 'Parameters', place);

const readerOf = (reader: Reader, place: Place): ItemReader => {
  const resource = reader.text('Resource');
  if (!READERS.includes(resource)) throw notSupported(`the ItemReader ${resource}`, `it has ${READERS.join(', ')}`);
  const config = reader.optionalRecord('ReaderConfig');
  const values = toJson(config?.values ?? {}) ?? {};
  return {
    ...{ resource, arguments: argumentsOf(reader, place), config: isJsonObject(values) ? values : {} },
    ...(config === undefined ? {} : { maxItems: valueOf(config, 'MaxItems', inside(place, 'ReaderConfig')) }),
  };
};

const batcherOf = (reader: Reader, place: Place): ItemBatcher => ({
  maxItems: valueOf(reader, 'MaxItemsPerBatch', place),
  maxBytes: valueOf(reader, 'MaxInputBytesPerBatch', place),
  input: templateOf(reader, 'BatchInput', place),
});

const writerOf = (reader: Reader, place: Place): Json | undefined => {
  const resource = reader.text('Resource');
  if (resource !== WRITER) throw notSupported(`the ResultWriter ${resource}`, `it has ${WRITER}`);
  if (reader.has('WriterConfig')) throw notSupported('the WriterConfig of a ResultWriter');
  return argumentsOf(reader, place);
};

/** Reads what a distributed Map has beside an inline one. */
export const distributedOf = (state: Reader, place: Place): Distributed => {
  const part = <T>(name: string, read: (reader: Reader, at: Place) => T): T | undefined => {
    const reader = state.optionalRecord(name);
    return reader === undefined ? undefined : read(reader, inside(place, name));
  };
  return {
    label: state.optionalText('Label'),
    reader: part('ItemReader', readerOf),
    batcher: part('ItemBatcher', batcherOf),
    writer: part('ResultWriter', writerOf),
    toleratedCount: valueOf(state, 'ToleratedFailureCount', place),
    toleratedPercentage: valueOf(state, 'ToleratedFailurePercentage', place),
  };
};
