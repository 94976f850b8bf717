import { describe, expect, test } from 'vitest';
import { conditionHolds } from '../../../local/iam/conditions';
import { contextOf, withVariables } from '../../../local/iam/context';

const CONTEXT = contextOf({
  'aws:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/nightly',
  'aws:SourceAccount': '000000000000',
  'aws:SourceIp': '203.0.113.7',
  'aws:CurrentTime': '2026-06-01T12:00:00Z',
  'aws:EpochTime': '1780315200',
  'aws:TagKeys': ['team', 'cost'],
  'aws:SecureTransport': 'true',
  's3:prefix': 'incoming/2026',
  's3:max-keys': '10',
});

const holds = (operator: string, key: string, ...values: readonly string[]): boolean =>
  conditionHolds({ operator, key, values }, CONTEXT);

describe('condition operators', () => {
  test.each([
    ['StringEquals', 'aws:SourceAccount', '000000000000', true],
    ['StringEquals', 'AWS:sourceaccount', '000000000000', true],
    ['StringEquals', 's3:prefix', 'Incoming/2026', false],
    ['StringEqualsIgnoreCase', 's3:prefix', 'Incoming/2026', true],
    ['StringNotEquals', 's3:prefix', 'other', true],
    ['StringLike', 's3:prefix', 'incoming/*', true],
    ['StringLike', 's3:prefix', 'incoming/202?', true],
    ['StringNotLike', 's3:prefix', 'incoming/*', false],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:events:*:000000000000:rule/*', true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:*:rule/nightly', false],
    ['ArnEquals', 'aws:SourceArn', 'arn:aws:events:us-east-1:000000000000:rule/night*', true],
    ['ArnNotLike', 'aws:SourceArn', 'arn:aws:sns:*:*:*', true],
    ['Bool', 'aws:SecureTransport', 'true', true],
    ['Bool', 'aws:SecureTransport', 'false', false],
    ['NumericLessThanEquals', 's3:max-keys', '10', true],
    ['NumericGreaterThan', 's3:max-keys', '10', false],
    ['NumericNotEquals', 's3:max-keys', '9', true],
    ['DateGreaterThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', true],
    ['DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:00Z', false],
    ['DateLessThan', 'aws:EpochTime', '1780315201', true],
    ['IpAddress', 'aws:SourceIp', '203.0.113.0/24', true],
    ['IpAddress', 'aws:SourceIp', '203.0.113.7', true],
    ['NotIpAddress', 'aws:SourceIp', '198.51.100.0/24', true],
    ['IpAddress', 'aws:SourceIp', '2001:db8::/32', false],
    ['Null', 'aws:SourceIp', 'false', true],
    ['Null', 'aws:userid', 'true', true],
    ['Null', 'aws:userid', 'false', false],
  ])('%s of %s and %s: %s', (operator, key, value, expected) => {
    expect(holds(operator, key, value)).toBe(expected);
  });

  test.each([
    ['StringEquals', false],
    ['StringEqualsIfExists', true],
    ['StringNotEquals', true],
    ['ArnLike', false],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
  ])('%s of a key that is not there: %s', (operator, expected) => {
    expect(holds(operator, 'aws:userid', 'x')).toBe(expected);
  });

  test.each([
    ['ForAllValues:StringEquals', ['team', 'cost', 'other'], true],
    ['ForAllValues:StringEquals', ['team'], false],
    ['ForAnyValue:StringEquals', ['team'], true],
    ['ForAnyValue:StringEquals', ['other'], false],
    ['ForAllValues:StringNotEquals', ['other'], true],
    ['ForAllValues:StringNotEquals', ['team'], false],
    ['ForAnyValue:StringNotEquals', ['team'], true],
    ['StringNotEquals', ['team'], false],
  ])('%s of several values and %j: %s', (operator, values, expected) => {
    expect(holds(operator, 'aws:TagKeys', ...values)).toBe(expected);
  });

  test('any of the values of a policy will do, and none of a negated operator', () => {
    expect(holds('StringEquals', 's3:prefix', 'a', 'incoming/2026')).toBe(true);
    expect(holds('StringNotEquals', 's3:prefix', 'a', 'incoming/2026')).toBe(false);
  });

  test('refuses an operator that it does not know', () => {
    expect(() => holds('StringIsNice', 's3:prefix', 'a')).toThrow("the condition operator 'stringisnice'");
  });
});

describe('policy variables', () => {
  test.each([
    ['plain', 'plain'],
    ['${s3:prefix}/x', 'incoming/2026/x'],
    ['${S3:PREFIX}', 'incoming/2026'],
    ["${aws:userid, 'nobody'}", 'nobody'],
    ['${aws:userid}', undefined],
    ['${aws:TagKeys}', undefined],
    ['${$}{x}', '${x}'],
  ])('%s is %s', (text, expected) => {
    expect(withVariables(text, CONTEXT)).toBe(expected);
  });
});
