import { RESULT_FILE } from '../../lib/contracts/layout';
import { MAX_RESULT_BYTES, type Plan, type ResultRecord } from '../../lib/contracts/pipeline';
import { uriOf, type Objects } from '../shared/objects';
import { resultsUri } from '../shared/submission';

/** What the jobs of a submission have left behind. */
export type Collected = Required<Pick<ResultRecord, 'outputs' | 'resultsUri'>> &
  Pick<ResultRecord, 'resultFileUri' | 'result'>;

/** The content of a result file as JSON text; undefined when it is too large for a record, or not JSON. */
const jsonOf = async (content: AsyncIterable<Uint8Array>): Promise<string | undefined> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    length += chunk.length;
    if (length > MAX_RESULT_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
};

/** Counts the objects below the results prefix, and reads the result file if there is one. */
export const collectResults = async (objects: Objects, { bucket, prefix }: Plan['results']): Promise<Collected> => {
  const file = { bucket, key: `${prefix}${RESULT_FILE}` };
  let outputs = 0;
  let resultFileUri: string | undefined;
  for await (const key of objects.keys(bucket, prefix)) {
    outputs += 1;
    if (key === file.key) resultFileUri = uriOf(file);
  }
  const content = resultFileUri === undefined ? undefined : await objects.read(file);
  const result = content === undefined ? undefined : await jsonOf(content);
  return { outputs, resultsUri: resultsUri({ bucket, prefix }), resultFileUri, result };
};
