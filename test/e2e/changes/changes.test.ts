import { BatchClient, DescribeJobsCommand, SubmitJobCommand } from '@aws-sdk/client-batch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../local/endpoint';
import { type NamedChange, namedChanges, type Version, versionOf } from '../../changes/compare';
import { Effect } from '../../changes/diff';
import { EDITS_IN_PLACE, EDITS_THAT_REPLACE, EDITS_WITH_REVISIONS } from '../../changes/edits';
import { type DeployedStack, stackNamed } from '../support/change-sets';

let endpoint: Endpoint;
let stack: DeployedStack;
const version1 = versionOf();
const options = () => ({ endpoint: endpoint.url, region: 'us-east-1', credentials: endpoint.credentials });

beforeAll(async () => {
  endpoint = await startEndpoint();
  stack = stackNamed('Stack', options());
});
afterAll(() => endpoint.close());

type Ids = ReadonlyMap<string, string>;

/** What a deployment did with a resource, as far as its physical id tells. */
function seen(id: string, before: Ids, after: Ids): Effect {
  const [old, now] = [before.get(id), after.get(id)];
  if (old === undefined) return Effect.CREATED;
  if (now === undefined) return Effect.DELETED;
  if (old === now) return Effect.IN_PLACE;
  return old.replace(/:\d+$/, '') === now.replace(/:\d+$/, '') ? Effect.NEW_REVISION : Effect.REPLACED;
}

/** The resources of AWS Batch whose physical id did not become what the table says. */
function surprises(changes: readonly NamedChange[], version: Version, before: Ids, after: Ids): readonly string[] {
  const expected = new Map(changes.map(({ logicalId, effect }) => [logicalId, effect]));
  const ours = [...version.resources].filter(([, { Type }]) => Type.startsWith('AWS::Batch::')).map(([id]) => id);
  return [...new Set([...ours, ...expected.keys()])].flatMap((id) => {
    const [effect, promised] = [seen(id, before, after), expected.get(id) ?? Effect.IN_PLACE];
    return effect === promised ? [] : [`${version.names.get(id) ?? id}: ${effect} instead of ${promised}`];
  });
}

test('CloudFormation does with each edit what docs/changes.md says, there and back', async () => {
  let before = await stack.deploy(version1.template);
  for (const { title, edit } of [...EDITS_IN_PLACE, ...EDITS_WITH_REVISIONS, ...EDITS_THAT_REPLACE]) {
    const version2 = versionOf(edit);
    const after = await stack.deploy(version2.template);
    expect({ [title]: surprises(namedChanges(version1, version2), version2, before, after) }).toEqual({ [title]: [] });
    before = await stack.deploy(version1.template);
  }
});

test('callers that know the first revision of a job definition can go on with it after an update', async () => {
  const batch = new BatchClient(options());
  const idsOf = (ids: Ids, type: string): readonly string[] =>
    [...version1.resources].filter(([, { Type }]) => Type === type).map(([id]) => ids.get(id) ?? '');
  const { edit } = EDITS_WITH_REVISIONS[0];
  const ids = await stack.deploy(versionOf(edit).template);
  const [latest] = idsOf(ids, 'AWS::Batch::JobDefinition');
  expect(latest).not.toMatch(/:1$/);

  const [jobQueue] = idsOf(ids, 'AWS::Batch::JobQueue');
  const jobDefinition = latest.replace(/:\d+$/, ':1');
  const { jobId = '' } = await batch.send(
    new SubmitJobCommand({ jobName: 'in-flight', jobQueue, jobDefinition, shareIdentifier: 'genomics' }),
  );
  const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
  expect(jobs.map((job) => job.jobDefinition)).toEqual([jobDefinition]);
});
