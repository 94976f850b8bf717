import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../../../local/core/service';
import { att, createRealStack, outputsOf, ref, type RealStack } from './real-stack';

let shop: RealStack;
beforeAll(async () => {
  shop = await createRealStack();
});
afterAll(() => shop.world.close());

test('a function with its permission and its rules for events', async () => {
  const base = (more: Input) => ({
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Code: { ZipFile: 'exports.handler = async () => 1' },
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/r',
        Runtime: 'nodejs22.x',
        ...more,
      },
    },
  });
  const around = {
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: att('Fn', 'Arn'),
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
      },
    },
    Events: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: ref('Fn'), Qualifier: '$LATEST', MaximumRetryAttempts: 1 },
    },
  };
  const tags = [{ Key: 'a', Value: '1' }];
  const first = { ...base({ Timeout: 60, Tags: tags, Environment: { Variables: { Mixed_Case: 'x' } } }), ...around };
  const { Fn: FunctionName } = outputsOf(await shop.deployed(first, { Fn: ref('Fn') }));
  expect(FunctionName).toMatch(/^Shop-Fn-[A-Z0-9]{12}$/);
  const configuration = () => shop.run('lambda', 'GetFunctionConfiguration', { FunctionName });
  expect(await configuration()).toMatchObject({ Timeout: 60, Environment: { Variables: { Mixed_Case: 'x' } } });
  expect((await shop.run('lambda', 'GetPolicy', { FunctionName })).Policy).toContain('events.amazonaws.com');
  expect(await shop.run('lambda', 'GetFunctionEventInvokeConfig', { FunctionName })).toMatchObject({
    MaximumRetryAttempts: 1,
  });
  await shop.deployed(base({ MemorySize: 256, Tags: [{ Key: 'b', Value: '2' }] }));
  expect(await configuration()).toMatchObject({ Timeout: 3, MemorySize: 256 });
  expect(await configuration()).not.toMatchObject({ Environment: { Variables: { Mixed_Case: 'x' } } });
  const Resource = (await configuration()).FunctionArn;
  expect(await shop.run('lambda', 'ListTags', { Resource })).toEqual({ Tags: { b: '2' } });
  await expect(shop.run('lambda', 'GetPolicy', { FunctionName })).rejects.toThrow();
  await shop.destroyed();
  await expect(configuration()).rejects.toThrow();
});
