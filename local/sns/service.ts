import type { Service } from '../core/service';
import type { World } from '../core/world';
import { createPublisher } from './deliver';
import { publishOperations } from './publish-operations';
import { createSnsStore } from './store';
import { subscriptionOperations } from './subscription-operations';
import { topicOperations } from './topic-operations';

/** Amazon SNS: standard topics that deliver to queues and functions of this endpoint. FIFO topics are refused by name. */
export const createSns = (world: World): Service => {
  const store = createSnsStore(world);
  return {
    name: 'sns',
    operations: {
      ...topicOperations(world, store),
      ...subscriptionOperations(world, store),
      ...publishOperations(world, store, createPublisher(world, store)),
    },
  };
};
