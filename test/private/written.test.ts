import { App, Fn, Stack } from 'aws-cdk-lib';
import { expect, test } from 'vitest';
import { AS_FINDING, AS_SUB, written } from '../../lib/private/written';

const stack = new Stack(new App(), 'Stack');
const arn = stack.formatArn({ service: 'batch', resource: 'job', resourceName: '*' });

test.each([
  ['a text', 'arn:aws:s3:::data/*', 'arn:aws:s3:::data/*', 'arn:aws:s3:::data/*'],
  [
    'a text with references',
    arn,
    'arn:${AWS::Partition}:batch:${AWS::Region}:${AWS::AccountId}:job/*',
    'arn:<AWS::Partition>:batch:<AWS::Region>:<AWS::AccountId>:job/*',
  ],
  ['an attribute', Fn.getAtt('Bucket', 'Arn'), '${Bucket.Arn}', '<Bucket.Arn>'],
  ['Fn::Sub', Fn.sub('a/${B}/*'), 'a/${B}/*', 'a/<B>/*'],
  ['an import', Fn.importValue('Exported'), 'Exported', 'Exported'],
  ['what has no short form', Fn.select(0, ['a']), 'a', 'a'],
  ['a function', Fn.split('/', Fn.ref('A')), '{"Fn::Split":["/",{"Ref":"A"}]}', '{"Fn::Split":["/",{"Ref":"A"}]}'],
])('%s is written in one piece', (_, value, asSub, asFinding) => {
  expect(written(stack.resolve(value), AS_SUB)).toBe(asSub);
  expect(written(stack.resolve(value), AS_FINDING)).toBe(asFinding);
});
