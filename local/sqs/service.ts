import type { Service } from '../core/service';
import type { World } from '../core/world';
import { batchOperations } from './batch-operations';
import { messageOperations } from './message-operations';
import { queueOperations } from './queue-operations';
import { createQueueStore } from './queue-store';

/** Amazon SQS: standard queues. FIFO queues are refused by name. */
export const createSqs = (world: World): Service => {
  const queues = createQueueStore(world);
  return {
    name: 'sqs',
    operations: { ...queueOperations(queues), ...messageOperations(queues), ...batchOperations(queues) },
  };
};
