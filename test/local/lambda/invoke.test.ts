import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive, type TestWorld } from '../support';
import { create, invoke, logsService, member, ROLE, until, worldWith, zip } from './support';

const logs = logsService();
let world: TestWorld;
beforeEach(async () => {
  logs.lines.length = 0;
  logs.groups.clear();
  world = await worldWith(logs.service);
});
afterEach(() => world.close());

describe('a function', () => {
  test.each([
    ['an async handler', 'exports.handler = async (event) => ({ got: event.a });', { got: 1 }],
    ['a handler that calls back', 'exports.handler = (event, context, done) => setTimeout(done, 1, null, event.a);', 1],
    ['a plain handler', 'exports.handler = (event) => event.a + 1;', 2],
    ['a handler without an answer', 'exports.handler = async () => {};', null],
    ['a bundle of esbuild', 'module.exports = { get handler() { return async (event) => event; } };', { a: 1 }],
    ['an ES module', undefined, { module: 1 }],
  ])('with %s answers', async (_, source, expected) => {
    const esm = { ZipFile: zip({ 'index.mjs': 'export const handler = async (event) => ({ module: event.a });' }) };
    await create(world, source ?? '', source === undefined ? { Code: esm } : {});
    expect(await invoke(world, { a: 1 })).toMatchObject({ error: undefined, payload: expected });
  });

  test('finds its handler in folders and members', async () => {
    const files = {
      'src/app.js': 'exports.api = { get: async () => require("./more").text };',
      'src/more.js': 'exports.text = "x";',
    };
    await create(world, '', { Handler: 'src/app.api.get', Code: { ZipFile: zip(files) } });
    expect((await invoke(world)).payload).toBe('x');
  });

  test('sees its own variables and those of Lambda, and nothing else of this machine', async () => {
    process.env.SECRET_OF_THIS_MACHINE = 'secret';
    await create(world, 'exports.handler = async () => process.env;', {
      Environment: { Variables: { MINE: 'm' } },
      Timeout: 30,
    });
    const { payload } = await invoke(world);
    delete process.env.SECRET_OF_THIS_MACHINE;
    expect(payload).toMatchObject({
      ...{ MINE: 'm', PATH: process.env.PATH, _HANDLER: 'index.handler', AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
      ...{ AWS_ENDPOINT_URL: world.url, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' },
      ...{ AWS_LAMBDA_FUNCTION_NAME: 'f', AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/f' },
    });
    expect(payload).not.toHaveProperty('SECRET_OF_THIS_MACHINE');
    expect(world.credentials.principalOf(member(payload, 'AWS_ACCESS_KEY_ID'))).toEqual({ arn: ROLE });
  });

  test('gets a context', async () => {
    const source = `exports.handler = async (event, context) => ({
      ...context, left: context.getRemainingTimeInMillis(), client: context.clientContext });`;
    await create(world, source, { Timeout: 5 });
    const ClientContext = Buffer.from('{"custom":1}').toString('base64');
    const { payload } = await invoke(world, {}, { ClientContext });
    expect(payload).toMatchObject({
      ...{ functionName: 'f', functionVersion: '$LATEST', memoryLimitInMB: '128', client: { custom: 1 } },
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
    });
    expect(Number(member(payload, 'left'))).toBeGreaterThan(0);
    expect(Number(member(payload, 'left'))).toBeLessThanOrEqual(5_000);
  });

  test('keeps its process for the next event', async () => {
    await create(world, 'let n = 0; exports.handler = async () => [String(process.pid), ++n];');
    const { payload } = await invoke(world);
    expect((await invoke(world)).payload).toEqual([member(payload, '0'), 2]);
  });

  test('handles events at once in processes of their own', async () => {
    await create(world, 'exports.handler = (event, c, done) => setTimeout(done, 100, null, process.pid);', {
      Timeout: 30,
    });
    const pids = (await Promise.all([invoke(world), invoke(world), invoke(world)])).map(({ payload }) => payload);
    expect(new Set(pids).size).toBe(3);
  });

  test.each([
    ['code', 'UpdateFunctionCode', { ZipFile: zip({ 'index.js': 'exports.handler = async () => "new";' }) }, 'new'],
    ['variables', 'UpdateFunctionConfiguration', { Environment: { Variables: { V: 'new' } } }, 'new'],
  ])('runs with its new %s at once', async (_, operation, change, expected) => {
    await create(world, 'exports.handler = async () => process.env.V ?? "old";');
    expect((await invoke(world)).payload).toBe('old');
    await world.run('lambda', operation, { FunctionName: 'f', ...change });
    expect((await invoke(world)).payload).toBe(expected);
  });

  test('ends a process that was busy while the code changed', async () => {
    await create(world, 'exports.handler = (event, c, done) => setTimeout(done, 200, null, "old");', { Timeout: 30 });
    const pending = invoke(world);
    await until(() => logs.lines.length > 0);
    await world.run('lambda', 'UpdateFunctionCode', {
      ...{ FunctionName: 'f', ZipFile: zip({ 'index.js': 'exports.handler = async () => "new";' }) },
    });
    expect((await pending).payload).toBe('old');
    expect((await invoke(world)).payload).toBe('new');
  });

  test('writes its output to its log group', async () => {
    await create(world, 'exports.handler = async () => { console.log("one\\ntwo"); console.error("three"); };');
    const { tail } = await invoke(world);
    expect(tail).toMatch(/^START RequestId: \S+ Version: \$LATEST\n/);
    expect(tail).toMatch(/END RequestId: \S+\nREPORT RequestId: \S+\tDuration: \S+ ms\tMemory Size: 128 MB\n$/);
    expect(logs.lines).toEqual(expect.arrayContaining(['one', 'two', 'three']));
    expect(logs.lines[0]).toMatch(/^INIT_START Runtime Version: nodejs22.x, run by node v/);
    expect([...logs.groups]).toEqual(['/aws/lambda/f']);
  });

  test('does not create a log group that it was given', async () => {
    await create(world, 'exports.handler = async () => 1;', { LoggingConfig: { LogGroup: '/mine' } });
    expect((await invoke(world)).payload).toBe(1);
    expect(logs.groups.size).toBe(0);
    await until(() => world.notes.some((note) => note.includes('of /mine is incomplete')));
  });
});

describe('a function fails', () => {
  test('with the error that it throws', async () => {
    await create(
      world,
      'class Mine extends Error { name = "Mine"; } exports.handler = async () => { throw new Mine("no"); };',
    );
    const { error, payload } = await invoke(world);
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'Mine', errorMessage: 'no' });
    expect(payload).toHaveProperty(['trace', 0], 'Mine: no');
  });

  test('when it takes longer than its timeout, and its process ends', async () => {
    const source = `exports.handler = (event, context, done) => {
      console.log(JSON.stringify({ pid: process.pid }));
      if (!event.wait) done(null, process.pid);
    };`;
    await create(world, source, { Timeout: 1 });
    const { error, payload, tail } = await invoke(world, { wait: true });
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(tail).toContain('Task timed out after 1.00 seconds');
    const pid = Number(/"pid":(\d+)/.exec(tail)?.[1]);
    expect((await invoke(world)).payload).not.toBe(pid);
    await until(() => !isAlive(pid));
  });

  test.each([
    ['exits', 'exports.handler = async () => process.exit(3);', 'Runtime.ExitError', 'exit status 3'],
    [
      'crashes',
      'exports.handler = (e, c, d) => setTimeout(() => { throw new Error("late"); });',
      'Runtime.ExitError',
      'exit status',
    ],
    ['has no handler', 'exports.other = 1;', 'Runtime.HandlerNotFound', 'index.handler is undefined'],
    ['does not parse', 'exports.handler = (', 'Runtime.UserCodeSyntaxError', 'SyntaxError'],
    ['lacks a module', 'require("./absent");', 'Runtime.ImportModuleError', "Cannot find module './absent'"],
    ['throws text', 'exports.handler = async () => { throw "text"; };', 'string', 'text'],
    [
      'answers too much',
      'exports.handler = async () => "x".repeat(6291556);',
      'Function.ResponseSizeTooLarge',
      '6291556',
    ],
  ])('when it %s', async (_, source, errorType, message) => {
    await create(world, source, { Timeout: 30 });
    const { error, payload } = await invoke(world);
    expect(error).toBe('Unhandled');
    expect(payload).toMatchObject({ errorType });
    expect(member(payload, 'errorMessage')).toContain(message);
  });

  test('when its module is missing', async () => {
    await create(world, '', { Handler: 'absent.handler' });
    expect((await invoke(world)).payload).toMatchObject({ errorType: 'Runtime.ImportModuleError' });
  });
});

describe('an invocation', () => {
  test('of the type DryRun runs nothing', async () => {
    await create(world, 'process.exit(1);');
    expect(await world.run('lambda', 'Invoke', { FunctionName: 'f', InvocationType: 'DryRun' })).toEqual({
      StatusCode: 204,
    });
  });

  test.each([
    ['f'],
    ['arn:aws:lambda:us-east-1:000000000000:function:f'],
    ['arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST'],
    ['000000000000:function:f'],
    ['f:$LATEST'],
  ])('finds the function %s', async (FunctionName) => {
    await create(world, '');
    const input = { FunctionName, InvocationType: 'DryRun' };
    expect(await world.run('lambda', 'Invoke', input)).toEqual({ StatusCode: 204 });
  });

  test.each([
    ['an unknown function', { FunctionName: 'g' }, 'ResourceNotFoundException'],
    ['a version', { Qualifier: '1' }, 'ResourceNotFoundException'],
    ['an account of others', { FunctionName: '111111111111:function:f' }, 'ResourceNotFoundException'],
    ['a payload that is not JSON', { Payload: '{' }, 'InvalidRequestContentException'],
    ['a payload above 6 MB', { Payload: Buffer.alloc(6_291_557, '1') }, 'RequestTooLargeException'],
    [
      'a late payload above 1 MB',
      { Payload: Buffer.alloc(1_048_577, '1'), InvocationType: 'Event' },
      'RequestTooLargeException',
    ],
    ['an unknown type', { InvocationType: 'Later' }, 'InvalidParameterValueException'],
  ])('fails for %s', async (_, more, code) => {
    await create(world, 'exports.handler = async () => 1;');
    await expect(invoke(world, {}, more)).rejects.toMatchObject({ code });
  });

  test('is throttled above the reserved concurrency', async () => {
    await create(world, 'exports.handler = (event, c, done) => setTimeout(done, 50);');
    await world.run('lambda', 'PutFunctionConcurrency', { FunctionName: 'f', ReservedConcurrentExecutions: 1 });
    const results = await Promise.allSettled([invoke(world), invoke(world)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await world.run('lambda', 'DeleteFunctionConcurrency', { FunctionName: 'f' });
    expect((await Promise.all([invoke(world), invoke(world)])).map(({ error }) => error)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('ends with the world, and its process too', async () => {
    await create(world, 'exports.handler = () => new Promise(() => setInterval(() => {}, 1000));', { Timeout: 60 });
    const pending = invoke(world);
    await until(() => logs.lines.length > 0);
    await world.close();
    expect((await pending).payload).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  test('ends with the world, and what it has started too', async () => {
    const source = `const { pid } = require('child_process').spawn('sleep', ['60'], { stdio: 'inherit' });
      exports.handler = async () => pid;`;
    await create(world, source);
    const { payload } = await invoke(world);
    const pid = Number(payload);
    expect(isAlive(pid)).toBe(true);
    await world.close();
    await until(() => !isAlive(pid));
  });
});
