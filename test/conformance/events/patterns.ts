import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { expect } from 'vitest';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const OPERATORS = 'eventbridge/latest/userguide/eb-create-pattern-operators.html';
const PATTERNS = 'eventbridge/latest/userguide/eb-event-patterns.html';

/** The event of an instance that was terminated, as the user guide has it. */
const EVENT = {
  ...{ version: '0', id: '6a7e8feb', 'detail-type': 'EC2 Instance State-change Notification', source: 'aws.ec2' },
  ...{ account: '111122223333', time: '2017-12-22T18:43:48Z', region: 'us-west-1' },
  resources: ['arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0'],
  detail: {
    ...{ 'instance-id': 'i-1234567890abcdef0', state: 'terminated', 'c-count': 5, 'x-limit': 301.8 },
    ...{ 'source-ip': '10.0.0.33', file: 'dir/sub/cat.png', empty: '', nothing: null, flag: true },
  },
};

const detail = (name: string, value: unknown) => ({ detail: { [name]: value } });

/** Patterns with whether they match the event. */
const row = (
  behaviour: string,
  cases: readonly (readonly [pattern: object, expected: boolean])[],
  source = OPERATORS,
) => ({
  behaviour,
  source,
  test: async ({ clients: { events } }: Target) => {
    const verdicts = await Promise.all(
      cases.map(async ([pattern]) => {
        const command = { EventPattern: JSON.stringify(pattern), Event: JSON.stringify(EVENT) };
        return (await events.send(new TestEventPatternCommand(command))).Result;
      }),
    );
    expect(verdicts).toEqual(cases.map(([, expected]) => expected));
  },
});

export const patterns = table('EventBridge', 'Event patterns', [
  row(
    'a pattern matches an event that has one of its values in each of its fields',
    [
      [{ source: ['aws.ec2'] }, true],
      [{ source: ['aws.batch'] }, false],
      [{ source: ['aws.ec2'], detail: { state: ['stopped', 'terminated'] } }, true],
      [{ source: ['aws.ec2'], detail: { state: ['terminated'], missing: ['x'] } }, false],
      [{ resources: ['other', EVENT.resources[0]] }, true],
    ],
    PATTERNS,
  ),
  row(
    'values are compared with their type; the empty string and null are values',
    [
      [detail('c-count', [5]), true],
      [detail('c-count', ['5']), false],
      [detail('flag', [true]), true],
      [detail('empty', ['']), true],
      [detail('nothing', [null]), true],
      [detail('empty', [null]), false],
    ],
    'eventbridge/latest/userguide/eb-event-patterns-null-values.html',
  ),
  row('prefix and suffix, in any case where that is asked for', [
    [{ time: [{ prefix: '2017-12-22' }] }, true],
    [detail('file', [{ suffix: '.png' }]), true],
    [detail('file', [{ suffix: '.PNG' }]), false],
    [detail('file', [{ suffix: { 'equals-ignore-case': '.PNG' } }]), true],
    [detail('state', [{ prefix: { 'equals-ignore-case': 'TERM' } }]), true],
    [detail('state', [{ 'equals-ignore-case': 'Terminated' }]), true],
  ]),
  row('anything-but: values, prefixes, suffixes, wildcards', [
    [detail('state', [{ 'anything-but': 'initializing' }]), true],
    [detail('state', [{ 'anything-but': ['stopped', 'terminated'] }]), false],
    [detail('x-limit', [{ 'anything-but': [100, 200, 300] }]), true],
    [detail('state', [{ 'anything-but': { prefix: 'term' } }]), false],
    [detail('file', [{ 'anything-but': { suffix: ['.jpg', '.gif'] } }]), true],
    [detail('file', [{ 'anything-but': { wildcard: '*/sub/*' } }]), false],
    [detail('state', [{ 'anything-but': { 'equals-ignore-case': ['TERMINATED'] } }]), false],
  ]),
  row('numeric ranges', [
    [detail('c-count', [{ numeric: ['>', 0, '<=', 5] }]), true],
    [detail('c-count', [{ numeric: ['<', 5] }]), false],
    [detail('x-limit', [{ numeric: ['=', 3.018e2] }]), true],
  ]),
  row('ranges of addresses', [
    [detail('source-ip', [{ cidr: '10.0.0.0/24' }]), true],
    [detail('source-ip', [{ cidr: '10.0.1.0/24' }]), false],
  ]),
  row('exists is about the leaves of an event', [
    [detail('state', [{ exists: true }]), true],
    [detail('missing', [{ exists: false }]), true],
    [detail('missing', [{ exists: true }]), false],
    [detail('state', [{ exists: false }]), false],
  ]),
  row('wildcards, and stars that are escaped', [
    [detail('file', [{ wildcard: 'dir/*.png' }]), true],
    [detail('file', [{ wildcard: 'dir/*.jpg' }]), false],
    [detail('file', [{ wildcard: 'dir/\\*.png' }]), false],
  ]),
  row('$or joins patterns of different fields', [
    [{ detail: { $or: [{ 'c-count': [{ numeric: ['>', 10] }] }, { 'x-limit': [{ numeric: ['>', 300] }] }] } }, true],
    [{ source: ['aws.ec2'], $or: [{ detail: { state: ['running'] } }, { region: ['none'] }] }, false],
  ]),
  {
    behaviour: 'a pattern that is none is refused',
    source: PATTERNS,
    test: async ({ clients: { events } }) => {
      const wrong = [
        { source: 'aws.ec2' },
        { source: [] },
        {},
        detail('x', [{ nope: 1 }]),
        detail('x', [{ numeric: ['>', 5, '<', 1] }]),
        detail('x', [{ wildcard: 'a**b' }]),
      ];
      for (const pattern of wrong) {
        const command = { EventPattern: JSON.stringify(pattern), Event: JSON.stringify(EVENT) };
        await expect(events.send(new TestEventPatternCommand(command))).rejects.toMatchObject({
          name: 'InvalidEventPatternException',
        });
      }
    },
  },
]);
