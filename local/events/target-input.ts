import type { Reader } from '../core/reader';
import { invalid } from './errors';
import type { BusEvent } from './event';
import { compilePath } from '../patterns/event-path';
import { compileTransformer, type RuleIdentity } from './input-transformer';

/** Makes the text that a target gets. */
export type TargetInput = (event: BusEvent, rule: RuleIdentity) => string;

const texts = new WeakMap<BusEvent, string>();

/** The whole event; written once, however many targets it goes to. */
export const eventText: TargetInput = (event) => {
  const known = texts.get(event);
  if (known !== undefined) return known;
  const text = JSON.stringify(event);
  texts.set(event, text);
  return text;
};

/** At most one of Input, InputPath and InputTransformer; the whole event without any. */
export const inputOf = (target: Reader): TargetInput => {
  const given = ['Input', 'InputPath', 'InputTransformer'].filter((name) => target.has(name));
  if (given.length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided, got ${given.join(', ')}`);
  if (target.has('Input')) {
    const input = target.text('Input');
    try {
      JSON.parse(input);
    } catch {
      throw invalid(`Input must be JSON text, got ${JSON.stringify(input.slice(0, 100))}`);
    }
    return () => input;
  }
  if (target.has('InputPath')) {
    const select = compilePath(target.text('InputPath'));
    return (event) => JSON.stringify(select(event) ?? null);
  }
  return target.has('InputTransformer') ? compileTransformer(target.record('InputTransformer')) : eventText;
};
