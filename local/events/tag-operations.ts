import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import { tagsOf, type Rule } from './rule';
import type { RuleStore } from './rule-store';

/** Operations on the tags of rules. */
export const tagOperations = (rules: RuleStore): Readonly<Record<string, Operation>> => {
  const find = (reader: Reader): Rule => rules.get(reader.text('ResourceARN').replace(/^.*:rule\/(default\/)?/, ''));
  return {
    TagResource: (input) => {
      const reader = new Reader(input);
      const rule = find(reader);
      rules.put({ ...rule, tags: new Map([...rule.tags, ...tagsOf(reader)]) });
      return {};
    },
    UntagResource: (input) => {
      const reader = new Reader(input);
      const rule = find(reader);
      const keys = reader.texts('TagKeys');
      rules.put({ ...rule, tags: new Map([...rule.tags].filter(([key]) => !keys.includes(key))) });
      return {};
    },
    ListTagsForResource: (input) => ({
      Tags: [...find(new Reader(input)).tags].map(([Key, Value]) => ({ Key, Value })),
    }),
  };
};
