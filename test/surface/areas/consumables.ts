import * as batch from 'aws-cdk-lib/aws-batch';
import type { Area } from '../area';

export const consumables: Area = {
  name: 'consumable resources',
  isBorrowed: true,
  define: (stack) => {
    new batch.ConsumableResource(stack, 'Licences', {
      consumableResourceName: 'licences',
      resourceType: batch.ConsumableResourceType.REPLENISHABLE,
      totalQuantity: 10,
      tags: { team: 'research' },
    });
  },
};
