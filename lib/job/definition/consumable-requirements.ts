import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { MAX_CONSUMABLE_RESOURCES as MAX_RESOURCES } from '../../contracts/rules/job';
import { checkRange, fail } from '../../private/check';
import type { ConsumableResourceRequirement } from '../job-props';

/** Renders what a job, or a node of it, takes of resources that are counted. @internal */
export function renderConsumables(
  scope: IConstruct,
  requirements: readonly ConsumableResourceRequirement[] = [],
): batch.CfnJobDefinition.ConsumableResourcePropertiesProperty | undefined {
  if (requirements.length === 0) return undefined;
  if (requirements.length > MAX_RESOURCES) {
    throw fail(
      scope,
      `'consumableResources' must hold at most ${MAX_RESOURCES} resources, got ${requirements.length}`,
      'job-consumable-count',
    );
  }
  return {
    consumableResourceList: requirements.map(({ resource, quantity }, index) => {
      checkRange(scope, `consumableResources[${index}].quantity`, quantity, 1, Number.MAX_SAFE_INTEGER, {
        check: 'job-consumable-quantity',
      });
      return { consumableResource: resource.consumableResourceRef.consumableResourceArn, quantity };
    }),
  };
}
