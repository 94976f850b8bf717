import { describe, expect, test } from 'vitest';
import { compilePattern, parsePattern } from '../../../local/patterns/pattern';

// Examples of https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html unless a row says otherwise.
const instance = {
  version: '0',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  time: '2017-10-02T18:43:48Z',
  resources: [
    'arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:eb56d16b:autoScalingGroupName/ASGTerminate',
    'arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f',
  ],
  detail: { state: 'terminated', 'c-count': 5, 'd-count': 3, 'x-limit': 301.8, empty: '', nothing: null, yes: true },
};

test.each([
  ['the same source', { source: ['aws.ec2'] }, true],
  ['another source', { source: ['aws.batch'] }, false],
  ['one of several values', { detail: { state: ['stopped', 'terminated'] } }, true],
  ['all fields of a nested pattern', { source: ['aws.ec2'], detail: { state: ['terminated'] } }, true],
  ['one field too few', { source: ['aws.ec2'], detail: { state: ['terminated'], missing: ['x'] } }, false],
  ['one element of an array', { resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-b188560f', 'other'] }, true],
  ['no element of an array', { resources: ['other'] }, false],
  ['an empty string', { detail: { empty: [''] } }, true],
  ['null', { detail: { nothing: [null] } }, true],
  ['null where there is a text', { detail: { empty: [null] } }, false],
  ['a boolean', { detail: { yes: [true] } }, true],
  ['a text that looks like a boolean', { detail: { yes: ['true'] } }, false],
  ['a number', { detail: { 'c-count': [5] } }, true],
  ['a text that looks like a number', { detail: { 'c-count': ['5'] } }, false],
  ['prefix', { time: [{ prefix: '2017-10-02' }] }, true],
  ['another prefix', { time: [{ prefix: '2017-10-03' }] }, false],
  ['prefix of a number', { detail: { 'c-count': [{ prefix: '5' }] } }, false],
  ['prefix of any case', { 'detail-type': [{ prefix: { 'equals-ignore-case': 'ec2 INST' } }] }, true],
  ['suffix', { 'detail-type': [{ suffix: 'Notification' }] }, true],
  ['another suffix', { 'detail-type': [{ suffix: 'Event' }] }, false],
  ['suffix of any case', { 'detail-type': [{ suffix: { 'equals-ignore-case': 'NOTIFICATION' } }] }, true],
  ['equals-ignore-case', { detail: { state: [{ 'equals-ignore-case': 'TERMINATED' }] } }, true],
  ['anything-but a text', { detail: { state: [{ 'anything-but': 'initializing' }] } }, true],
  ['anything-but that very text', { detail: { state: [{ 'anything-but': 'terminated' }] } }, false],
  ['anything-but a number', { detail: { 'x-limit': [{ 'anything-but': 123 }] } }, true],
  ['anything-but a list of texts', { detail: { state: [{ 'anything-but': ['stopped', 'terminated'] }] } }, false],
  ['anything-but a list of numbers', { detail: { 'x-limit': [{ 'anything-but': [100, 200, 300] }] } }, true],
  ['anything-but a prefix', { detail: { state: [{ 'anything-but': { prefix: 'init' } }] } }, true],
  ['anything-but that very prefix', { detail: { state: [{ 'anything-but': { prefix: 'term' } }] } }, false],
  ['anything-but a suffix', { detail: { state: [{ 'anything-but': { suffix: 'ed' } }] } }, false],
  ['anything-but suffixes', { detail: { state: [{ 'anything-but': { suffix: ['.png', 'ed'] } }] } }, false],
  ['anything-but any case', { detail: { state: [{ 'anything-but': { 'equals-ignore-case': 'TERMINATED' } }] } }, false],
  ['anything-but a wildcard', { detail: { state: [{ 'anything-but': { wildcard: '*min*' } }] } }, false],
  ['anything-but on a missing field', { detail: { missing: [{ 'anything-but': 'x' }] } }, false],
  ['numeric between', { detail: { 'c-count': [{ numeric: ['>', 0, '<=', 5] }] } }, true],
  ['numeric outside', { detail: { 'c-count': [{ numeric: ['>', 0, '<', 5] }] } }, false],
  ['numeric below', { detail: { 'd-count': [{ numeric: ['<', 10] }] } }, true],
  ['numeric equal, written otherwise', { detail: { 'x-limit': [{ numeric: ['=', 3.018e2] }] } }, true],
  ['numeric on a text', { detail: { state: [{ numeric: ['>', 0] }] } }, false],
  ['exists', { detail: { state: [{ exists: true }] } }, true],
  ['exists on a missing field', { detail: { missing: [{ exists: true }] } }, false],
  ['exists on null', { detail: { nothing: [{ exists: true }] } }, true],
  ['exists on an object, which is no leaf', { detail: [{ exists: true }] }, false],
  ['absence', { detail: { missing: [{ exists: false }] } }, true],
  ['absence below a missing object', { detail: { missing: { deeper: [{ exists: false }] } } }, true],
  ['absence of an object, which is no leaf', { detail: [{ exists: false }] }, true],
  ['absence of a field that is there', { detail: { state: [{ exists: false }] } }, false],
  ['absence or a value', { detail: { state: [{ exists: false }, 'terminated'] } }, true],
  ['an inherited name', { detail: { constructor: { name: ['Object'] } } }, false],
  ['$or, first', { source: ['aws.ec2'], $or: [{ detail: { state: ['terminated'] } }, { region: ['none'] }] }, true],
  ['$or, neither', { source: ['aws.ec2'], $or: [{ detail: { state: ['running'] } }, { region: ['none'] }] }, false],
  ['$or, inside an object', { detail: { $or: [{ state: ['x'] }, { 'c-count': [{ numeric: ['>', 4] }] }] } }, true],
  ['$or, but another field fails', { source: ['x'], $or: [{ version: ['0'] }, { version: ['1'] }] }, false],
])('%s: %j is %s', (_, pattern, expected) => {
  expect(compilePattern(pattern).matches(instance)).toBe(expected);
});

test.each([
  ['dir/*.png', 'dir/sub/cat.png', true],
  ['dir/*.png', 'dir/cat.jpg', false],
  ['*/lib/*', '/usr/lib/a.js', true],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXcYb', false],
  ['ab*bc', 'abc', false],
  ['a*b*b', 'ab', false],
  ['a*b*b', 'abb', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'aXb', false],
  ['a\\\\*', 'a\\x', true],
  ['a.c', 'abc', false],
  ['*', '', true],
])('the wildcard %s on %s is %s', (wildcard, value, expected) => {
  expect(compilePattern({ field: [{ wildcard }] }).matches({ field: value })).toBe(expected);
});

test.each([
  ['10.0.0.0/24', '10.0.0.255', true],
  ['10.0.0.0/24', '10.0.1.0', false],
  ['0.0.0.0/0', '8.8.8.8', true],
  ['2001:db8::/32', '2001:db8:1::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['10.0.0.0/24', '::ffff:10.0.0.1', false],
  ['10.0.0.0/24', 'not an address', false],
])('the range %s on %s is %s', (cidr, value, expected) => {
  expect(compilePattern({ field: [{ cidr }] }).matches({ field: value })).toBe(expected);
});

describe('arrays of objects', () => {
  const event = { employees: [{ first: 'a', last: 'b' }, { first: 'c' }, { first: 'e', last: 'f', ids: [[1], [2]] }] };

  test('match within one element', () => {
    expect(compilePattern({ employees: { first: ['a'], last: ['b'] } }).matches(event)).toBe(true);
  });

  test('do not match across elements', () => {
    expect(compilePattern({ employees: { first: ['a'], last: ['f'] } }).matches(event)).toBe(false);
  });

  test('are searched at any depth', () => {
    expect(compilePattern({ employees: { ids: [2] } }).matches(event)).toBe(true);
  });

  test('have a field as soon as one element has it', () => {
    expect(compilePattern({ employees: { last: [{ exists: false }] } }).matches(event)).toBe(false);
    expect(compilePattern({ employees: { middle: [{ exists: false }] } }).matches(event)).toBe(true);
  });
});

test.each([
  ['{', 'it is not JSON'],
  ['[]', 'the pattern must be an object'],
  ['{}', 'empty patterns are not allowed'],
  ['{"source": "aws.ec2"}', '"source" must be an object or an array, got "aws.ec2"'],
  ['{"source": []}', 'empty arrays are not allowed, at "source"'],
  ['{"detail": {"a": {}}}', 'empty patterns are not allowed, at "detail.a"'],
  ['{"source": [["aws.ec2"]]}', 'a match value must be'],
  ['{"source": [{"begins": "aws"}]}', 'unrecognized match type "begins"'],
  ['{"source": [{"prefix": "a", "suffix": "b"}]}', 'exactly one key'],
  ['{"source": [{"prefix": 1}]}', '"prefix" must be a string, got 1'],
  ['{"source": [{"prefix": {"suffix": "a"}}]}', '"prefix" takes a string or'],
  ['{"source": [{"exists": "yes"}]}', '"exists" must be true or false'],
  ['{"source": [{"anything-but": null}]}', '"anything-but" takes'],
  ['{"source": [{"anything-but": []}]}', '"anything-but" takes'],
  ['{"source": [{"anything-but": [1, "a"]}]}', '"anything-but" takes'],
  ['{"source": [{"anything-but": {"cidr": "10.0.0.0/8"}}]}', '"anything-but" takes prefix, suffix'],
  ['{"source": [{"numeric": [">"]}]}', '"numeric" has'],
  ['{"source": [{"numeric": ["~", 1]}]}', '"numeric" has'],
  ['{"source": [{"numeric": ["<", 1, ">", 0]}]}', '"numeric" has'],
  ['{"source": [{"numeric": [">", 5, "<", 5]}]}', 'bottom below its top'],
  ['{"source": [{"numeric": [">", 6e9]}]}', '-5.0e9 to 5.0e9'],
  ['{"source": [{"wildcard": "a**b"}]}', 'consecutive *'],
  ['{"source": [{"wildcard": "a\\\\b"}]}', 'escapes only'],
  ['{"source": [{"cidr": "10.0.0.0/33"}]}', '"cidr" must be'],
  ['{"source": [{"cidr": "10.0.0.0"}]}', '"cidr" must be'],
  ['{"$or": [{"source": ["a"]}]}', '"$or" must be a list of at least two patterns'],
])('refuses %s', (json, message) => {
  expect(() => parsePattern(json)).toThrow(message);
});
