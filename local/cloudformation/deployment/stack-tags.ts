import type { Input } from '../../core/service';
import { isRecord } from '../../core/json';
import { isList } from '../template/json';
import type { ResourceType } from '../types/resource-type';
import { schemaOf } from './checked-type';
import type { Deployment } from './deployment';

/** The properties of a resource with the tags of its stack: its own tag of the same key comes first. */
export const withStackTags = ({ stack }: Deployment, type: ResourceType, properties: Input): Input => {
  const tags = stack.head.plan?.tags ?? [];
  const target = schemaOf(type)?.tags;
  if (target === undefined || tags.length === 0) return properties;
  if (type.properties?.includes(target.property) === false) return properties;
  const own = properties[target.property];
  if (target.as === 'map') {
    const map = Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
    return { ...properties, [target.property]: { ...map, ...(isRecord(own) && own) } };
  }
  const list = isList(own) ? own : [];
  const isOwn = (key: string): boolean => list.some((tag) => isRecord(tag) && tag.Key === key);
  return { ...properties, [target.property]: [...list, ...tags.filter(({ Key }) => !isOwn(Key))] };
};
