import { AwsError } from '../core/errors';
import type { Collection } from '../core/collection';
import type { Reader } from '../core/reader';
import type { World } from '../core/world';

/** Tags of state machines, by ARN. */
export class TagStore {
  private readonly tags: Collection<Map<string, string>>;

  constructor(world: World) {
    this.tags = world.collection('states/tags');
  }

  add(arn: string, tags: readonly Reader[]): void {
    const all = this.tags.get(arn) ?? new Map<string, string>();
    for (const tag of tags) all.set(tag.text('key'), tag.optionalText('value') ?? '');
    if (all.size > 50) throw new AwsError('TooManyTags', `a state machine has at most 50 tags, got ${all.size}`);
    this.tags.set(arn, all);
  }

  remove(arn: string, keys: readonly string[]): void {
    const left = new Map(this.tags.get(arn));
    for (const key of keys) left.delete(key);
    this.tags.set(arn, left);
  }

  list(arn: string): readonly { readonly key: string; readonly value: string }[] {
    return [...(this.tags.get(arn) ?? [])].map(([key, value]) => ({ key, value }));
  }

  forget(arn: string): void {
    this.tags.delete(arn);
  }
}
