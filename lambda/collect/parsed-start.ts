import { isFields, type Fields } from '../shared/fields';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The start of an object as JSON, up to its last member that is whole. */
const wholeMembers = (text: string): string => {
  let depth = 0;
  let end = 0;
  let isString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isString) {
      if (character === '\\') index += 1;
      else if (character === '"') isString = false;
    } else if (character === '"') isString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ',' && depth === 1) end = index;
  }
  return `${text.slice(0, end)}}`;
};

/** A JSON object whose end may be cut off: Step Functions keeps 32,768 characters of a cause. */
export const parsedStart = (text: string): Fields | undefined => {
  if (!text.startsWith('{')) return undefined;
  const details = parsed(text) ?? parsed(wholeMembers(text));
  return isFields(details) ? details : undefined;
};
