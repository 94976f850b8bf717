import { describe, expect, test } from 'vitest';
import { Reader } from '../../../local/core/reader';
import type { BusEvent } from '../../../local/events/event';
import { inputOf } from '../../../local/events/target-input';

// The event and the templates of https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
const event: BusEvent = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '123456789012',
  time: '2015-11-11T21:29:54Z',
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111'],
  detail: {
    'instance-id': 'i-0123456789',
    state: 'RUNNING',
    count: 2,
    tags: [{ k: 'a' }, { k: 'b' }],
    none: null,
    text: 'a "b"',
  },
};
const rule = { name: 'example', arn: 'arn:aws:events:us-east-2:123456789012:rule/example' };
const { detail, ...envelope } = event;

const InputPathsMap = {
  timestamp: '$.time',
  instance: '$.detail.instance-id',
  state: '$.detail.state',
  count: '$.detail.count',
  first: '$.resources[0]',
  tags: '$.detail.tags[*].k',
  missing: '$.detail.missing',
  none: '$.detail.none',
  text: '$.detail.text',
  type: '$.detail-type',
};

test.each([
  ['simple string', '"instance <instance> is in <state>"', '"instance i-0123456789 is in RUNNING"'],
  ['escaped quotes', '"instance \\"<instance>\\" is in <state>"', '"instance \\"i-0123456789\\" is in RUNNING"'],
  [
    'simple JSON',
    '{\n  "instance" : <instance>,\n  "state": <state>\n}',
    '{"instance":"i-0123456789","state":"RUNNING"}',
  ],
  [
    'strings and variables',
    '{ "instance" : <instance>, "state": "<state>", "instanceStatus": "instance \\"<instance>\\" is in <state>" }',
    '{"instance":"i-0123456789","state":"RUNNING","instanceStatus":"instance \\"i-0123456789\\" is in RUNNING"}',
  ],
  [
    'static information',
    '{ "instance" : <instance>, "state": [ 9, <state>, true ], "Transformed" : "Yes" }',
    '{"instance":"i-0123456789","state":[9,"RUNNING",true],"Transformed":"Yes"}',
  ],
  [
    'reserved variables',
    '{ "ruleArn" : <aws.events.rule-arn>, "ruleName" : <aws.events.rule-name>, "at": <aws.events.event.ingestion-time> }',
    JSON.stringify({ ruleArn: rule.arn, ruleName: rule.name, at: event.time }),
  ],
  ['the original event', '{"originalEvent": <aws.events.event.json>}', JSON.stringify({ originalEvent: event })],
  [
    'the event without its detail',
    '{"originalEvent": <aws.events.event>}',
    JSON.stringify({ originalEvent: envelope }),
  ],
  ['reserved variables in a string', '"<aws.events.rule-name> triggered"', '"example triggered"'],
  ['numbers, lists and null', '{"a": <count>, "b": <tags>, "c": <none>}', '{"a":2,"b":["a","b"],"c":null}'],
  ['a path that leads nowhere', '{"a": <missing>, "b": "x<missing>y"}', '{"a":"","b":"xy"}'],
  ['an array element', '[<first>]', '["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"]'],
  ['text without quotes', '<instance> is in <state>', 'i-0123456789 is in RUNNING'],
  ['a field with a dash', '{"type": <type>}', '{"type":"EC2 Instance State-change Notification"}'],
])('%s', (_, InputTemplate, expected) => {
  expect(inputOf(new Reader({ InputTransformer: { InputPathsMap, InputTemplate } }))(event, rule)).toBe(expected);
});

test('fails when an unescaped value breaks the JSON, as EventBridge does', () => {
  const input = inputOf(new Reader({ InputTransformer: { InputPathsMap, InputTemplate: '{"a": "<text>"}' } }));
  expect(() => input(event, rule)).toThrow('text that is not JSON');
});

describe('InputPath', () => {
  test.each([
    ['$', event],
    ['$.detail', detail],
    ["$.detail['instance-id']", 'i-0123456789'],
    ['$.detail.tags[1].k', 'b'],
    ['$.detail.tags.*.k', ['a', 'b']],
    ['$.missing', null],
  ])('%s selects', (InputPath, expected) => {
    expect(inputOf(new Reader({ InputPath }))(event, rule)).toBe(JSON.stringify(expected));
  });
});

test('without any input the target gets the event', () => {
  expect(inputOf(new Reader({}))(event, rule)).toBe(JSON.stringify(event));
});
