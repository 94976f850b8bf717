import { describe, expect, test } from 'vitest';
import { submissionOf } from '../../../lambda/submit/request';
import { targetsOf } from '../../../lambda/submit/targets';
import { allOf, refusalOf } from '../support';
import { TARGETS } from './support';

describe('a submission request', () => {
  test('needs no more than a job', () => {
    expect(submissionOf({ job: 'delays' }, TARGETS, allOf('data'))).toEqual({
      job: 'delays',
      jobDefinition: 'delays-definition',
      queue: TARGETS.queues.standard.arn,
      items: undefined,
      parameters: {},
      tags: {},
      environment: {},
      idempotencyKey: undefined,
    });
  });

  test.each([
    [undefined, "InvalidRequest: 'request' must be an object, got nothing"],
    [[], "InvalidRequest: 'request' must be an object, got a list"],
    [{}, "InvalidRequest: 'job' must be a string, got nothing"],
    [
      { job: 'delays', item: [1] },
      "InvalidRequest: 'request' has no field 'item'; it takes job, queue, items, parameters, environment, shareIdentifier, idempotencyKey",
    ],
    [{ job: 'delay' }, "UnknownJob: there is no job 'delay' to submit; known jobs: delays, merge"],
    [{ job: 'constructor' }, "UnknownJob: there is no job 'constructor' to submit; known jobs: delays, merge"],
    [
      { job: 'delays', queue: 'own' },
      "UnknownQueue: there is no job queue 'own' to submit to; known queues: standard, urgent; leave 'queue' out for " +
        "the job's own",
    ],
    [
      { job: 'delays', parameters: { year: 'hush\0' } },
      "InvalidRequest: 'parameters.year' must not have a null character",
    ],
    [
      { job: 'delays', items: { prefix: { bucket: 'other', prefix: '' } } },
      "UnknownBucket: 'items.prefix.bucket' is 'other', which is not known here; known buckets: data",
    ],
    [{ job: 'delays', items: [1] }, "InvalidRequest: 'items' must be an object, got a list"],
    [{ job: 'delays', parameters: 'a=b' }, "InvalidRequest: 'parameters' must be an object, got a string"],
    [{ job: 'delays', parameters: { year: 2001 } }, "InvalidRequest: 'parameters.year' must be a string, got a number"],
    [{ job: 'delays', environment: { TOKEN: null } }, "InvalidRequest: 'environment.TOKEN' must be a string, got null"],
    [
      { job: 'delays', environment: { 'A=B': 'hush' } },
      "InvalidRequest: 'environment' has a name 'A=B'; use 1 to 256 letters, digits, _, . and -",
    ],
    [{ job: 'delays', idempotencyKey: '' }, "InvalidRequest: 'idempotencyKey' must not be empty"],
    [
      { job: 'delays', idempotencyKey: 'x'.repeat(257) },
      "InvalidRequest: 'idempotencyKey' must have at most 256 characters, got 257",
    ],
  ])('refuses %j', async (request, message) => {
    expect(await refusalOf(() => submissionOf(request, TARGETS, allOf('data')))).toBe(message);
  });

  test.each([
    'AWS_BATCH_JOB_ID',
    'AWS_BATCHING',
    'BATCH_PLATFORM_ITEMS_KEY',
    'NODE_OPTIONS',
    'CLASSPATH',
    'DOTNET_STARTUP_HOOKS',
    'R_PROFILE_USER',
    'LUA_INIT',
    'OPENSSL_CONF',
    'PHPRC',
    'REQUESTS_CA_BUNDLE',
    'GLIBC_TUNABLES',
    'MAVEN_OPTS',
    'BASH_ENV',
    'AWS_PROFILE',
  ])('refuses the environment variable %s, and keeps its value to itself', async (name) => {
    const refusal = await refusalOf(() =>
      submissionOf({ job: 'delays', environment: { [name]: 'hush' } }, TARGETS, allOf('data')),
    );
    expect(refusal).toContain(`InvalidRequest: 'environment' must not set '${name}'`);
    expect(refusal).not.toContain('hush');
  });

  test('of an empty gateway says that nothing is known', async () => {
    expect(await refusalOf(() => submissionOf({ job: 'a' }, { jobs: {}, queues: {} }, []))).toBe(
      "UnknownJob: there is no job 'a' to submit; known jobs: none",
    );
  });
});

describe('the targets of the gateway', () => {
  test('are read from the environment', () => {
    expect(targetsOf(JSON.stringify(TARGETS))).toEqual(TARGETS);
  });

  test.each([
    ['hush', "InvalidRequest: 'targets' must be JSON: deploy this function with its construct"],
    ['{"jobs":{}}', "InvalidRequest: 'targets.queues' must be an object, got nothing"],
    [
      '{"jobs":{"a":{"jobDefinition":"d"}},"queues":{}}',
      "InvalidRequest: 'targets.jobs.a.queue' must be a string, got nothing",
    ],
    ['{"jobs":{},"queues":{"a":1}}', "InvalidRequest: 'targets.queues.a' must be an object, got a number"],
  ])('refuse %s', async (json, message) => {
    expect(await refusalOf(() => targetsOf(json))).toBe(message);
  });
});
