import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogStream, ProcessLog } from '../../../local/core/process-log';
import { DEPLOYER } from '../../../local/core/world';
import { createLogs } from '../../../local/logs/service';
import { messagesOf } from '../logs/support';
import { createTestWorld, type TestWorld } from '../support';

const STREAM = { logGroupName: 'group', logStreamName: 'stream' };
const PLACE = { ...STREAM, principal: DEPLOYER };

let world: TestWorld;

beforeEach(async () => {
  world = await createTestWorld([createLogs]);
});
afterEach(() => world.close());

test.each(['throttle', 'error'] as const)(
  'no line is lost when CloudWatch Logs answers with a fault: %s',
  async (kind) => {
    world.faults.set([{ kind, at: 'logs:*', times: 4 }]);
    await createLogStream(world, PLACE, DEPLOYER);
    const log = new ProcessLog(world, PLACE);
    world.faults.set([{ kind, at: 'logs:PutLogEvents', times: 4 }]);
    log.line('one');
    void log.flush();
    log.line('two');
    await log.flush();
    expect(messagesOf(await world.run('logs', 'GetLogEvents', STREAM))).toEqual(['one', 'two']);
    expect(world.notes).toEqual([]);
  },
);
