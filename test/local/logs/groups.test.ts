import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogWorld, type LogWorld } from './support';

let world: LogWorld['world'];
let run: LogWorld['run'];
beforeEach(async () => {
  ({ world, run } = await createLogWorld());
});
afterEach(() => world.close());

test('resource policies are kept', async () => {
  const policy = { policyName: 'events', policyDocument: '{}' };
  await world.run('logs', 'PutResourcePolicy', policy);
  expect(await run('DescribeResourcePolicies')).toEqual({ resourcePolicies: [policy] });
  await run('DeleteResourcePolicy', { policyName: 'events' });
  expect(await run('DescribeResourcePolicies')).toEqual({ resourcePolicies: [] });
});

test.each([
  ['CreateLogGroup', { logGroupName: 'x', logGroupClass: 'GOLD' }, 'InvalidParameterException', "'GOLD'"],
  ['CreateLogGroup', { deletionProtectionEnabled: true }, 'NotImplemented', 'deletionProtectionEnabled'],
  ['DeleteLogGroup', { logGroupName: 'none' }, 'ResourceNotFoundException', 'log group'],
  ['DescribeLogStreams', { orderBy: 'Size' }, 'InvalidParameterException', "got 'Size'"],
  ['GetLogEvents', { logGroupIdentifier: 'x' }, 'InvalidParameterException', 'not both'],
  ['FilterLogEvents', { filterPattern: '{ $.a = 1 }' }, 'NotImplemented', 'filter pattern'],
  ['FilterLogEvents', { filterPattern: '%a+%' }, 'NotImplemented', 'filter pattern'],
  ['FilterLogEvents', { filterPattern: '[a, b]' }, 'NotImplemented', 'filter pattern'],
  ['FilterLogEvents', { logStreamNames: ['none'] }, 'ResourceNotFoundException', 'log stream'],
  ['PutLogEvents', { logStreamName: 'a', logEvents: [null] }, 'InvalidParameterException', "'logEvents[0]'"],
  ['StartQuery', {}, 'NotImplemented', 'logs:StartQuery'],
])('fails %s of %j', async (operation, input, name, message) => {
  const answer = run(operation, input);
  await expect(answer).rejects.toThrow(message);
  await expect(answer).rejects.toMatchObject({ name });
});
