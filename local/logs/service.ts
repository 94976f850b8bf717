import type { Service } from '../core/service';
import type { World } from '../core/world';
import { filterLogEvents } from './filter-log-events';
import { getLogEvents } from './get-log-events';
import { groupOperations } from './group-operations';
import { createLogStore } from './log-group';
import { putLogEvents } from './put-log-events';
import { streamOperations } from './stream-operations';
import { tagOperations } from './tag-operations';

/** Amazon CloudWatch Logs: groups and streams, with their lines in files of the state folder. */
export const createLogs = (world: World): Service => {
  const store = createLogStore(world);
  return {
    name: 'logs',
    operations: {
      ...groupOperations(store),
      ...streamOperations(store),
      ...tagOperations(world, store),
      PutLogEvents: putLogEvents(world, store),
      GetLogEvents: getLogEvents(store),
      FilterLogEvents: filterLogEvents(store),
    },
  };
};
