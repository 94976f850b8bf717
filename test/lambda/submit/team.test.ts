import { beforeEach, describe, expect, test } from 'vitest';
import type { SubmissionRequest, SubmissionTargets } from '../../../lib/contracts/submission';
import { type SubmitDependencies, submitWith } from '../../../lambda/submit/handler';
import type { Jobs } from '../../../lambda/submit/jobs';
import type { Quotas } from '../../../lambda/submit/quotas';
import { targetsOf } from '../../../lambda/submit/targets';
import { refusal } from '../../../lambda/shared/refusal';
import { CALL, objectsWith, refusalOf, unheard } from '../support';
import { recordingJobs } from './support';

const TARGETS: SubmissionTargets = {
  jobs: {
    anybody: { jobDefinition: 'a', queue: 'fair' },
    research: { jobDefinition: 'r', queue: 'fair', shareIdentifier: 'r' },
    film: { jobDefinition: 'f', queue: 'fair', shareIdentifier: 'film' },
    plain: { jobDefinition: 'p', queue: 'fifo' },
    filmed: { jobDefinition: 'f', queue: 'fifo', tags: { team: 'shared/film' } },
    tagged: { jobDefinition: 't', queue: 'fifo', tags: { stage: 'prod', costCenter: '1' } },
    fargate: { jobDefinition: 'g', queue: 'small' },
    pods: { jobDefinition: 'k', queue: 'fifo', overrides: [{ place: 'pod', containers: ['main'] }] },
  },
  queues: {
    fair: { arn: 'fair', shared: true },
    fairer: { arn: 'fairer', shared: true },
    fifo: { arn: 'fifo' },
    small: { arn: 'small', platform: 'FARGATE', own: true },
    smaller: { arn: 'smaller', platform: 'FARGATE', shared: true },
  },
  teams: {
    research: {
      shareIdentifier: 'r',
      tags: { team: 'shared/research', costCenter: '42' },
      quota: { jobs: 10, per: 'day' },
    },
    film: { shareIdentifier: 'film', tags: { team: 'shared/film' } },
    fair: { queues: ['fair', 'fairer'], shareIdentifier: 'f', tags: { team: 'shared/fair' } },
    both: { queues: ['fair', 'smaller'], shareIdentifier: 'b', tags: { team: 'shared/both' } },
  },
};

/** How many jobs each team has counted. */
let counted: Record<string, number>;
let jobs: ReturnType<typeof recordingJobs>;
let ids: number;

beforeEach(() => {
  counted = {};
  jobs = recordingJobs();
  ids = 0;
});

const quotas: Quotas = {
  reserve: ({ name }, count) => {
    counted[name] = (counted[name] ?? 0) + count;
    return Promise.resolve({
      giveBack: () => {
        counted[name] -= count;
        return Promise.resolve();
      },
    });
  },
};

const submitAs = (qualifier: string, request: SubmissionRequest, more: Partial<SubmitDependencies> = {}) =>
  submitWith({
    jobs,
    quotas,
    targets: TARGETS,
    bucket: 'data',
    sources: [],
    objects: objectsWith({ write: () => Promise.resolve() }),
    newId: () => `id${++ids}`,
    ...more,
  })(request, unheard, { invokedFunctionArn: `${CALL.invokedFunctionArn}${qualifier}` });

const list = (length: number) => ({ list: Array.from({ length }, (_, index) => index) });

describe('a job that a team submits', () => {
  test.each([
    ['anybody', undefined, 'r'],
    ['anybody', 'fifo', undefined],
    ['research', undefined, 'r'],
    ['research', 'fifo', undefined],
    ['plain', undefined, undefined],
    ['plain', 'fair', 'r'],
  ])('has the tags of the team: %s to the queue %s under the share identifier %s', async (job, queue, share) => {
    await submitAs(':research', { job, queue });
    const { shareIdentifier, tags, propagateTags } = jobs.submitted[0];
    expect({ shareIdentifier, tags, propagateTags }).toEqual({
      shareIdentifier: share,
      tags: { team: 'shared/research', costCenter: '42' },
      propagateTags: true,
    });
  });

  test.each([
    ['anybody', undefined, 'fair'],
    ['plain', undefined, 'fair'],
    ['plain', 'fairer', 'fairer'],
  ])('waits in a queue of the team: %s to the queue %s in %s', async (job, queue, jobQueue) => {
    await submitAs(':fair', { job, queue });
    expect(jobs.submitted).toMatchObject([{ jobQueue, shareIdentifier: 'f' }]);
  });

  test.each([
    ['anybody', 'fair'],
    ['fargate', 'smaller'],
  ])('waits where its kind of compute is: %s in %s', async (job, jobQueue) => {
    await submitAs(':both', { job });
    expect(jobs.submitted).toMatchObject([{ jobQueue, shareIdentifier: 'b' }]);
  });

  test('keeps its tags to itself when it runs in pods, which take none', async () => {
    await submitAs(':film', { job: 'pods' });
    expect(jobs.submitted[0]).toMatchObject({ tags: { team: 'shared/film' } });
    expect(jobs.submitted[0]).not.toHaveProperty('propagateTags');
  });

  test('has the tags of the job as well, where the team has no others', async () => {
    await submitAs(':research', { job: 'tagged' });
    await submitAs('', { job: 'tagged' });
    expect(jobs.submitted).toMatchObject([
      { tags: { stage: 'prod', costCenter: '42', team: 'shared/research' }, propagateTags: true },
      { tags: { stage: 'prod', costCenter: '1' }, propagateTags: true },
    ]);
  });

  test.each(['', ':$LATEST'])('has none when the function itself is called (%j)', async (qualifier) => {
    await submitAs(qualifier, { job: 'film' });
    expect(jobs.submitted[0]).toMatchObject({ shareIdentifier: 'film' });
    expect(jobs.submitted[0]).not.toHaveProperty('tags');
    expect(counted).toEqual({});
  });

  test.each([
    [
      ':research',
      { job: 'film' },
      "InvalidRequest: this job has the share identifier 'film', the team 'research' has 'r'; submit a job of the team, or one of nobody",
    ],
    [
      ':research',
      { job: 'filmed' },
      "InvalidRequest: this job has the tag 'team' 'shared/film', the team 'research' has 'shared/research'; submit a job of the team, or one of nobody",
    ],
    [
      ':research',
      { job: 'anybody', shareIdentifier: 'film' },
      "InvalidRequest: this job is submitted under the share identifier 'r', got 'film'; leave it out",
    ],
    [
      ':fair',
      { job: 'plain', queue: 'fifo' },
      "UnknownQueue: there is no job queue 'fifo' to submit to; queues of the team 'fair': fair, fairer; leave 'queue' out for the job's own",
    ],
    [
      ':fair',
      { job: 'fargate' },
      "InvalidRequest: this job runs on FARGATE, and none of the queues of the team 'fair' does: fair, fairer; submit another job",
    ],
    [
      '',
      { job: 'anybody', shareIdentifier: 'film' },
      "InvalidRequest: the share identifier 'film' is that of the team 'film'; call the gateway in its name, or name another one",
    ],
    [
      ':guests',
      { job: 'anybody' },
      "UnknownTeam: the gateway has no team 'guests': call it by the ARN of a team it was told of",
    ],
    [':1', { job: 'anybody' }, "UnknownTeam: the gateway has no team '1': call it by the ARN of a team it was told of"],
    [
      ':toString',
      { job: 'anybody' },
      "UnknownTeam: the gateway has no team 'toString': call it by the ARN of a team it was told of",
    ],
  ])('is refused %s %j', async (qualifier, request, message) => {
    expect(await refusalOf(() => submitAs(qualifier, request))).toBe(message);
    expect(jobs.submitted).toEqual([]);
    expect(counted).toEqual({});
  });
});

describe('the idempotency keys of a team', () => {
  test('are its own', async () => {
    const request = { job: 'anybody', shareIdentifier: undefined, idempotencyKey: 'monday' };
    const [research, film] = [await submitAs(':research', request), await submitAs(':film', request)];
    const everybody = await submitAs('', { ...request, shareIdentifier: 'x' });
    expect(new Set([research, film, everybody].map(({ submissionId }) => submissionId)).size).toBe(3);
    expect(await submitAs(':film', request)).toMatchObject({ jobId: film.jobId, duplicate: true });
  });

  test.each([
    ['under another share identifier', { shareIdentifier: 'r' }],
    ['of another definition', { jobDefinition: 'p' }],
  ])('are not used up by a job %s that somebody gave the name of theirs', async (_, other) => {
    const request = { job: 'anybody', idempotencyKey: 'monday' };
    const { jobName } = await submitAs(':film', request);
    const [own] = jobs.submitted.splice(0);
    await jobs.submit({ ...own, jobName, ...other });
    expect(await submitAs(':film', request)).toMatchObject({ duplicate: false });
    expect(jobs.submitted).toHaveLength(2);
  });

  test.each([
    ['of a team is another', 'film', false],
    ['of nobody may be theirs', 'x', true],
  ])('belong to everybody: a job under the share identifier %s', async (_, shareIdentifier, duplicate) => {
    const request = { job: 'anybody', idempotencyKey: 'monday', shareIdentifier: 'y' };
    await submitAs('', request);
    const [own] = jobs.submitted.splice(0);
    await jobs.submit({ ...own, shareIdentifier });
    expect(await submitAs('', request)).toMatchObject({ duplicate });
  });
});

describe('the quota of a team', () => {
  test('counts each child of an array job, and a plain job as one', async () => {
    await submitAs(':research', { job: 'anybody', items: list(3) });
    await submitAs(':research', { job: 'anybody', items: list(1) });
    await submitAs(':film', { job: 'anybody' });
    expect(counted).toEqual({ research: 4, film: 1 });
  });

  test('is not touched by what was submitted before, nor by no items', async () => {
    await submitAs(':research', { job: 'anybody', idempotencyKey: 'a' });
    await submitAs(':research', { job: 'anybody', idempotencyKey: 'a' });
    await submitAs(':research', { job: 'anybody', items: list(0) });
    expect(counted).toEqual({ research: 1 });
  });

  test.each([
    ['gets back what AWS Batch refuses', refusal('SubmissionRefused', 'no'), 0],
    [
      'gets back what AWS Batch has no time for',
      Object.assign(new Error('later'), { name: 'TooManyRequestsException' }),
      0,
    ],
    ['gets back what is denied', refusal('AccessDenied', 'no'), 0],
    ['keeps what may have been submitted', Object.assign(new Error('gone'), { name: 'TimeoutError' }), 3],
  ])('%s', async (_, error, left) => {
    const failing: Jobs = { ...jobs, submit: () => Promise.reject(error) };
    const request = { job: 'anybody', items: list(3) };
    expect(await refusalOf(() => submitAs(':research', request, { jobs: failing }))).toBe(String(error));
    expect(counted).toEqual({ research: left });
  });

  test('is not touched when the items cannot be written', async () => {
    const slow = Object.assign(new Error('later'), { name: 'SlowDown' });
    const objects = objectsWith({ write: () => Promise.reject(slow) });
    const call = () => submitAs(':research', { job: 'anybody', items: list(3) }, { objects });
    expect(await refusalOf(call)).toBe('SlowDown: later');
    expect(counted).toEqual({});
  });

  test('says why a job was refused, though it could not be given back', async () => {
    const stuck: Quotas = { reserve: () => Promise.resolve({ giveBack: () => Promise.reject(new Error('lost')) }) };
    const failing: Jobs = { ...jobs, submit: () => Promise.reject(refusal('SubmissionRefused', 'no')) };
    const call = () => submitAs(':research', { job: 'anybody' }, { jobs: failing, quotas: stuck });
    expect(await refusalOf(call)).toBe('SubmissionRefused: no');
  });
});

describe('the targets', () => {
  test('tell of teams', () => {
    expect(targetsOf(JSON.stringify(TARGETS))).toEqual(TARGETS);
  });

  test('refuse a quota of another period', async () => {
    const teams = { a: { shareIdentifier: 'a', tags: {}, quota: { jobs: 1, per: 'year' } } };
    expect(await refusalOf(() => targetsOf(JSON.stringify({ jobs: {}, queues: {}, teams })))).toContain(
      "'targets.teams.a.quota.per' must be day or hour",
    );
  });
});
