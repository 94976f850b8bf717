import { strToU8, zipSync } from 'fflate';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input } from '../../../local/core/service';
import type { TestWorld } from '../support';
import { create, member, ROLE, worldWith, zip } from './support';

const SOURCE = 'exports.handler = async () => 1;';
const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const objects = new Map([['code.zip', zip({ 'index.js': SOURCE })]]);

let world: TestWorld;
beforeEach(async () => {
  world = await worldWith({
    name: 's3',
    operations: { GetObject: ({ Key }) => ({ Body: objects.get(String(Key)) }) },
  });
});
afterEach(() => world.close());

const run = (operation: string, input: Input = {}) => world.run('lambda', operation, { FunctionName: 'f', ...input });

const directoryOf = async (): Promise<string> => fileURLToPath(member((await run('GetFunction')).Code, 'Location'));

describe('a function', () => {
  test('is described with its defaults', async () => {
    expect(await create(world, SOURCE)).toMatchObject({
      ...{ FunctionName: 'f', FunctionArn: ARN, Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE },
      ...{ Timeout: 3, MemorySize: 128, Architectures: ['x86_64'], PackageType: 'Zip', Version: '$LATEST' },
      ...{ State: 'Active', LastUpdateStatus: 'Successful', Environment: { Variables: {} } },
      LoggingConfig: { LogFormat: 'Text', LogGroup: '/aws/lambda/f' },
    });
  });

  test('takes its code from S3', async () => {
    await create(world, '', { Code: { S3Bucket: 'b', S3Key: 'code.zip' } });
    expect(await readFile(join(await directoryOf(), 'index.js'), 'utf8')).toBe(SOURCE);
  });

  test('takes its code as base64, as it comes over the wire', async () => {
    await create(world, '', { Code: { ZipFile: Buffer.from(zip({ 'a/b.js': 'x' })).toString('base64') } });
    expect(await readFile(join(await directoryOf(), 'a', 'b.js'), 'utf8')).toBe('x');
  });

  test('keeps what an update does not name', async () => {
    await create(world, SOURCE, { Timeout: 7, Environment: { Variables: { A: '1' } }, Description: 'd' });
    expect(await run('UpdateFunctionConfiguration', { MemorySize: 256 })).toMatchObject({
      ...{ Timeout: 7, MemorySize: 256, Description: 'd', Environment: { Variables: { A: '1' } } },
    });
  });

  test('changes its revision with its code, and its hash only with another archive', async () => {
    const first = await create(world, SOURCE);
    const same = await run('UpdateFunctionCode', { ZipFile: zip({ 'index.js': SOURCE }) });
    expect(same.CodeSha256).toBe(first.CodeSha256);
    expect(same.RevisionId).not.toBe(first.RevisionId);
    expect((await run('UpdateFunctionCode', { ZipFile: zip({ 'index.js': '' }) })).CodeSha256).not.toBe(
      first.CodeSha256,
    );
  });

  test('shows settings that change nothing here as they were given', async () => {
    const inert = {
      TracingConfig: { Mode: 'Active' },
      VpcConfig: { SubnetIds: ['s'] },
      EphemeralStorage: { Size: 1024 },
    };
    expect(await create(world, SOURCE, inert)).toMatchObject(inert);
  });

  test('has tags', async () => {
    await create(world, SOURCE, { Tags: { a: '1', b: '2' } });
    await run('TagResource', { Resource: ARN, Tags: { b: '3', c: '4' } });
    await run('UntagResource', { Resource: ARN, TagKeys: ['a', 'c'] });
    expect(await run('ListTags', { Resource: ARN })).toEqual({ Tags: { b: '3' } });
    expect(await run('GetFunction')).toMatchObject({ Tags: { b: '3' } });
  });

  test('is listed until it is deleted', async () => {
    await create(world, SOURCE);
    expect(await run('ListFunctions')).toMatchObject({ Functions: [{ FunctionName: 'f' }] });
    await run('DeleteFunction');
    expect(await run('ListFunctions')).toEqual({ Functions: [] });
    await expect(run('GetFunctionConfiguration')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('fails to be created twice', async () => {
    await create(world, SOURCE);
    await expect(create(world, SOURCE)).rejects.toMatchObject({ code: 'ResourceConflictException' });
  });

  test.each([
    ['a name with spaces', { FunctionName: 'a b' }, 'InvalidParameterValueException', "got 'a b'"],
    ['a timeout of 901 s', { Timeout: 901 }, 'InvalidParameterValueException', 'between 1 and 900, got 901'],
    ['127 MB', { MemorySize: 127 }, 'InvalidParameterValueException', 'between 128 and 10240, got 127'],
    ['no role', { Role: undefined }, 'ValidationException', "'Role' must be a string"],
    [
      'a reserved variable',
      { Environment: { Variables: { AWS_REGION: 'x' } } },
      'InvalidParameterValueException',
      'AWS_REGION is reserved',
    ],
    [
      'a bad variable',
      { Environment: { Variables: { '1A': 'x' } } },
      'InvalidParameterValueException',
      "'1A' is no name",
    ],
    [
      'too many variables',
      { Environment: { Variables: { A: 'x'.repeat(4_096) } } },
      'InvalidParameterValueException',
      '4 KiB',
    ],
    [
      'a dead letter bucket',
      { DeadLetterConfig: { TargetArn: 'arn:aws:s3:::b' } },
      'InvalidParameterValueException',
      "got 'arn:aws:s3:::b'",
    ],
    ['a wrong architecture', { Architectures: ['mips'] }, 'InvalidParameterValueException', "got 'mips'"],
    ['no archive', { Code: { ZipFile: Buffer.from('text') } }, 'InvalidParameterValueException', 'no zip archive'],
    [
      'a broken archive',
      { Code: { ZipFile: Buffer.from('PK\u0003\u0004') } },
      'InvalidParameterValueException',
      'could not unzip',
    ],
    [
      'a missing object',
      { Code: { S3Bucket: 'b', S3Key: 'absent' } },
      'InvalidParameterValueException',
      's3://b/absent',
    ],
  ])('fails to be created with %s', async (_, more, code, message) => {
    await expect(create(world, SOURCE, more)).rejects.toMatchObject({ code });
    await expect(create(world, SOURCE, more)).rejects.toThrow(message);
  });

  test.each([
    ['python', { Runtime: 'python3.13' }, 'the runtime python3.13'],
    ['an old Node.js', { Runtime: 'nodejs18.x' }, 'the runtime nodejs18.x'],
    ['an image', { PackageType: 'Image' }, 'functions from images'],
    ['layers', { Layers: ['arn'] }, 'the parameter Layers'],
    ['a log format', { LoggingConfig: { LogFormat: 'JSON' } }, 'the log format JSON'],
    ['a version', { Publish: true }, 'versions of functions'],
  ])('refuses %s by its name', async (_, more, message) => {
    await expect(create(world, SOURCE, more)).rejects.toMatchObject({ code: 'NotImplemented' });
    await expect(create(world, SOURCE, more)).rejects.toThrow(message);
  });

  test.each(['../evil.js', 'a/../../evil.js', '/evil.js'])('refuses an archive that writes to %s', async (name) => {
    const ZipFile = zipSync({ [name]: strToU8('evil'), 'index.js': strToU8(SOURCE) });
    await expect(create(world, '', { Code: { ZipFile } })).rejects.toThrow(`a file outside of itself: '${name}'`);
    await expect(access(join(world.directory, 'lambda', 'f', 'evil.js'))).rejects.toThrow('ENOENT');
  });
});

describe('permissions', () => {
  const permission = { StatementId: 's', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com' };

  test('make the resource policy of a function', async () => {
    await create(world, SOURCE);
    await run('AddPermission', {
      ...permission,
      SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/r',
      SourceAccount: '000000000000',
    });
    const { Policy } = await run('GetPolicy');
    expect(JSON.parse(String(Policy))).toMatchObject({
      Statement: [
        {
          ...{ Sid: 's', Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Resource: ARN },
          Condition: {
            StringEquals: { 'AWS:SourceAccount': '000000000000' },
            ArnLike: { 'AWS:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/r' },
          },
        },
      ],
    });
    await run('RemovePermission', { StatementId: 's' });
    await expect(run('GetPolicy')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test('fail to be added twice and to be removed when they are not there', async () => {
    await create(world, SOURCE);
    await run('AddPermission', permission);
    await expect(run('AddPermission', permission)).rejects.toMatchObject({ code: 'ResourceConflictException' });
    await expect(run('RemovePermission', { StatementId: 'x' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});

describe('the configuration of asynchronous invocations', () => {
  test('is put, changed in part and deleted', async () => {
    await create(world, SOURCE);
    const OnFailure = { Destination: 'arn:aws:sqs:us-east-1:000000000000:q' };
    await run('PutFunctionEventInvokeConfig', { MaximumRetryAttempts: 1, DestinationConfig: { OnFailure } });
    expect(await run('UpdateFunctionEventInvokeConfig', { MaximumEventAgeInSeconds: 60 })).toMatchObject({
      ...{ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60, DestinationConfig: { OnFailure, OnSuccess: {} } },
    });
    await run('DeleteFunctionEventInvokeConfig');
    await expect(run('GetFunctionEventInvokeConfig')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test.each([
    [{ MaximumRetryAttempts: 3 }, 'between 0 and 2, got 3'],
    [{ MaximumEventAgeInSeconds: 59 }, 'between 60 and 21600, got 59'],
    [{ DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::b' } } }, 'the destination arn:aws:s3:::b'],
  ])('fails with %j', async (input, message) => {
    await create(world, SOURCE);
    await expect(run('PutFunctionEventInvokeConfig', input)).rejects.toThrow(message);
  });
});
