import { describe, expect, test } from 'vitest';
import { readCompute, readDescriptor } from '../../lib/contracts/read-descriptor';

const DESCRIPTOR = {
  schemaVersion: 1,
  name: 'prod',
  region: 'us-east-1',
  bucket: 'data',
  key: 'arn:aws:kms:us-east-1:111122223333:key/1',
  gateway: 'arn:aws:lambda:us-east-1:111122223333:function:submit',
  queues: {
    bulk: { platformCapability: 'EC2', shared: true },
    pods: { platformCapability: 'EKS' },
  },
  jobs: {
    render: {
      queue: 'bulk',
      kind: 'CONTAINER',
      shareIdentifier: 'research',
      submissionTags: { team: 'r', note: '' },
      role: true,
    },
  },
  teams: { research: { shareIdentifier: 'r', tags: { team: 'prod/research', note: '' }, queues: ['bulk'] } },
};
const read = (changes: object): unknown => readDescriptor(JSON.stringify({ ...DESCRIPTOR, ...changes }));

describe('a descriptor', () => {
  test('is read as it was written', () => {
    expect(read({})).toEqual(DESCRIPTOR);
  });

  test('may have what only later releases know', () => {
    expect(read({ ledger: 'table' })).toEqual(DESCRIPTOR);
  });

  test('may be one of before there were teams', () => {
    expect(read({ teams: undefined })).toEqual({ ...DESCRIPTOR, teams: undefined });
  });

  test.each([
    [
      'with a team without a share',
      { teams: { a: { tags: {}, queues: [] } } },
      `'teams.a.shareIdentifier' must be a text`,
    ],
    [
      'with a queue of a team that is none',
      { teams: { a: { shareIdentifier: 'a', tags: {}, queues: [7] } } },
      `'teams.a.queues[0]' must be a text, got 7`,
    ],
    ['of a later version', { schemaVersion: 2 }, `'schemaVersion' is 2, and this release reads 1`],
    ['without a version', { schemaVersion: undefined }, `'schemaVersion' is missing`],
    ['without a bucket', { bucket: '' }, `'bucket' must be a text, got ""`],
    ['with a list of queues', { queues: [] }, `'queues' must be an object, got []`],
    ['without jobs', { jobs: undefined }, `'jobs' must be an object, got nothing`],
    [
      'with compute of an unknown kind',
      { queues: { bulk: { platformCapability: 'MOON' } } },
      `'queues.bulk.platformCapability' must be one of EC2, FARGATE, MANAGED_INSTANCES, EKS, got "MOON"`,
    ],
    [
      'with a number for a tag',
      { jobs: { a: { queue: 'bulk', submissionTags: { team: 1 } } } },
      `'jobs.a.submissionTags.team' must be a text, got 1`,
    ],
    ['with a text for a flag', { jobs: { a: { queue: 'bulk', role: 'yes' } } }, `'jobs.a.role' must be true or false`],
  ])('fails %s', (_, changes, message) => {
    expect(() => read(changes)).toThrow(message);
  });

  test('fails when it is no JSON', () => {
    expect(() => readDescriptor('prod')).toThrow('it is no JSON');
  });
});

describe('the compute environments of a queue', () => {
  const spot = {
    name: 'Spot',
    arn: 'arn:spot',
    architecture: 'arm64',
    maxvCpus: 256,
    instanceTypes: ['c7g'],
    spot: true,
    publicSubnets: true,
    isolatedSubnets: true,
  };

  test.each([[[]], [[spot]], [[spot, { name: 'Other', arn: 'arn:other' }]]])(
    'are read as they were written: %j',
    (list) => {
      expect(readCompute(JSON.stringify(list))).toEqual(list);
    },
  );

  test.each([
    ['an object', {}, `'the list of compute environments' must be a list, got {}`],
    ['a type that is a number', [{ ...spot, instanceTypes: [7] }], `[0].instanceTypes[0]' must be a text, got 7`],
    ['a limit that is a text', [{ ...spot, maxvCpus: '7' }], `[0].maxvCpus' must be a number, got "7"`],
    ['no ARN', [spot, { name: 'Other' }], `[1].arn' must be a text, got nothing`],
  ])('fail with %s', (_, list, message) => {
    expect(() => readCompute(JSON.stringify(list))).toThrow(message);
  });
});
