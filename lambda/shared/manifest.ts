import { MAX_ARRAY_SIZE, MAX_ITEM_BYTES, type ObjectLocation } from '../../lib/contracts/items';
import { faultOf, tooManyItems } from './item';
import { linesOf } from './lines';
import { uriOf, type Objects } from './objects';
import { refusal } from './refusal';

// A byte order mark and a carriage return may stand around an item of the largest size.
const LONGEST_LINE = MAX_ITEM_BYTES + 4;

const JSON_BLANKS = /^[ \t\r]+|[ \t\r]+$/g;

/** Decodes a line, without its byte order mark; undefined when it is not UTF-8. */
const decode = (line: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line).replace(JSON_BLANKS, '');
  } catch {
    return undefined;
  }
};

/** The items of a manifest, as JSON texts. Reads no further than the first line that is refused. */
export const manifestItems = async (objects: Objects, location: ObjectLocation): Promise<readonly string[]> => {
  const uri = uriOf(location);
  const content = await objects.read(location);
  if (content === undefined) {
    throw refusal(
      'MissingManifest',
      `there is no manifest ${uri}: check the location, and upload it before submitting`,
    );
  }
  const refused = (line: number, fault: string) =>
    refusal('InvalidManifest', `line ${line} of the manifest ${uri} ${fault}; each line must be one JSON value`);
  const items: string[] = [];
  let number = 0;
  let blankLine: number | undefined;
  for await (const line of linesOf(content, LONGEST_LINE)) {
    number += 1;
    if (line.length > LONGEST_LINE) throw refused(number, `is longer than ${MAX_ITEM_BYTES} bytes`);
    const text = decode(line);
    if (text === undefined) throw refused(number, 'is not UTF-8');
    if (text === '') {
      blankLine ??= number;
      continue;
    }
    if (blankLine !== undefined) throw refused(blankLine, 'is blank');
    const fault = faultOf(text);
    if (fault !== undefined) throw refused(number, fault);
    if (items.length === MAX_ARRAY_SIZE) throw tooManyItems(`the manifest ${uri}`, `more than ${MAX_ARRAY_SIZE}`);
    items.push(text);
  }
  return items;
};
