import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import type { World } from '../core/world';
import type { LogGroup, LogStore } from './log-group';

/** Operations on the tags of log groups, and on resource policies, which let services write. */
export const tagOperations = (world: World, store: LogStore): Readonly<Record<string, Operation>> => {
  const policies = world.collection<string>('logs/resource-policies');
  const find = (reader: Reader): LogGroup =>
    store.get(
      reader
        .text('resourceArn')
        .replace(/^.*:log-group:/, '')
        .replace(/:\*$/, ''),
    );

  return {
    TagResource: (input) => {
      const reader = new Reader(input);
      const group = find(reader);
      for (const [key, value] of Object.entries(reader.textMap('tags'))) group.tags.set(key, value);
      store.save(group);
      return {};
    },
    UntagResource: (input) => {
      const reader = new Reader(input);
      const group = find(reader);
      for (const key of reader.texts('tagKeys')) group.tags.delete(key);
      store.save(group);
      return {};
    },
    ListTagsForResource: (input) => ({ tags: Object.fromEntries(find(new Reader(input)).tags) }),
    PutResourcePolicy: (input) => {
      const reader = new Reader(input);
      const policyName = reader.text('policyName');
      const policyDocument = reader.text('policyDocument');
      policies.set(policyName, policyDocument);
      return { resourcePolicy: { policyName, policyDocument } };
    },
    DescribeResourcePolicies: () => ({
      resourcePolicies: [...policies].map(([policyName, policyDocument]) => ({ policyName, policyDocument })),
    }),
    DeleteResourcePolicy: (input) => {
      policies.delete(new Reader(input).text('policyName'));
      return {};
    },
  };
};
