import { AspectPriority, Aspects, type CfnResource, type IAspect, Lazy, Stack, type TagManager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { warn } from './check';

/** A resource of AWS Batch: a change of its `Tags` replaces it. */
interface Replaceable extends CfnResource {
  readonly tags: TagManager;
}

/**
 * Gives a resource the tags of its own props and no others.
 *
 * CloudFormation replaces compute environments, job queues, scheduling policies and job definitions when a tag of theirs
 * changes. So a tag on the whole app, such as the commit of a deployment, must not get there.
 * @internal
 */
export function ownTags(resource: Replaceable, tags?: Record<string, string>): void {
  if (tags === undefined || Object.keys(tags).length === 0) resource.addPropertyDeletionOverride('Tags');
  else resource.addPropertyOverride('Tags', Lazy.any({ produce: () => ({ ...removed(resource.tags), ...tags }) }));
  const aspects = Aspects.of(Stack.of(resource));
  if (aspects.all.some((aspect) => aspect instanceof StackTags)) return;
  aspects.add(new StackTags(), { priority: AspectPriority.READONLY });
}

/** An override is merged with what it overrides: what it must not leave there is undefined. */
function removed(tags: TagManager): Record<string, undefined> {
  return Object.fromEntries(Object.keys(tags.tagValues()).map((key) => [key, undefined]));
}

/** CloudFormation itself hands the tags of a stack on to its resources: no template can keep them away. */
class StackTags implements IAspect {
  public visit(node: IConstruct): void {
    if (!Stack.isStack(node) || !node.tags.hasTags()) return;
    warn(
      node,
      `the stack has tags (${Object.keys(node.tags.tagValues()).join(', ')}), and CloudFormation replaces compute ` +
        'environments, job queues and job definitions whenever one of them changes: tag by Tags.of(), with the feature ' +
        'flag @aws-cdk/core:explicitStackTags, or keep these tags as they are',
      'compute-stack-tags',
    );
  }
}
