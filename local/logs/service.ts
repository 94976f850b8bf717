import { refuseOthers } from '../core/parameters';
import type { Operation, Service } from '../core/service';
import type { World } from '../core/world';
import { filterLogEvents } from './filter-log-events';
import { getLogEvents } from './get-log-events';
import { groupOperations } from './group-operations';
import { createLogStore } from './log-group';
import { putLogEvents } from './put-log-events';
import { streamOperations } from './stream-operations';
import { tagOperations } from './tag-operations';

const GROUP = ['logGroupName', 'logGroupIdentifier'];
const PAGE = ['limit', 'nextToken'];
const RANGE = [...GROUP, ...PAGE, 'endTime', 'startTime'];

/** What we know of each operation that takes more than names; the rest is refused. `unmask` and tokens have no effect. */
const KNOWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['CreateLogGroup', ['kmsKeyId', 'logGroupClass', 'logGroupName', 'tags']],
  ['AssociateKmsKey', ['kmsKeyId', 'logGroupName']],
  ['DescribeLogGroups', [...PAGE, 'logGroupNamePattern', 'logGroupNamePrefix']],
  ['DescribeLogStreams', [...GROUP, ...PAGE, 'descending', 'logStreamNamePrefix', 'orderBy']],
  ['PutLogEvents', ['logEvents', 'logGroupName', 'logStreamName', 'sequenceToken']],
  ['GetLogEvents', [...RANGE, 'logStreamName', 'startFromHead', 'unmask']],
  ['FilterLogEvents', [...RANGE, 'filterPattern', 'interleaved', 'logStreamNamePrefix', 'logStreamNames', 'unmask']],
  ['PutResourcePolicy', ['policyDocument', 'policyName']],
]);

const strict = ([name, run]: readonly [string, Operation]): readonly [string, Operation] => {
  const known = KNOWN.get(name);
  if (known === undefined) return [name, run];
  const supported = new Set(known);
  return [
    name,
    (input, call) => {
      refuseOthers(`logs:${name}`, input, supported);
      return run(input, call);
    },
  ];
};

/** Amazon CloudWatch Logs: groups and streams, with their lines in files of the state folder. */
export const createLogs = (world: World): Service => {
  const store = createLogStore(world);
  const operations: Readonly<Record<string, Operation>> = {
    ...groupOperations(world, store),
    ...streamOperations(store),
    ...tagOperations(world, store),
    PutLogEvents: putLogEvents(world, store),
    GetLogEvents: getLogEvents(world.clock, store),
    FilterLogEvents: filterLogEvents(world.clock, store),
  };
  return { name: 'logs', operations: Object.fromEntries(Object.entries(operations).map(strict)) };
};
