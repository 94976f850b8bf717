import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input } from '../../../../local/core/service';
import { createRealStack, outputsOf, ref, type RealStack } from './real-stack';

let shop: RealStack;
beforeAll(async () => {
  shop = await createRealStack();
});
afterAll(() => shop.world.close());

const resource = (type: string, Properties: Input) => ({ Thing: { Type: `AWS::Batch::${type}`, Properties } });
const deployed = async (type: string, properties: Input): Promise<string> =>
  outputsOf(await shop.deployed(resource(type, properties), { Id: ref('Thing') })).Id;

const LIMITS = { CapacityLimits: [{ MaxCapacity: 4, CapacityUnit: 'NUM_INSTANCES' }] };
const SERVICE = { ServiceEnvironmentType: 'SAGEMAKER_TRAINING', ...LIMITS };

test.each<[string, Input, Input]>([
  ['SchedulingPolicy', { FairsharePolicy: {} }, { FairsharePolicy: { ShareDecaySeconds: 60 } }],
  ['ConsumableResource', { ResourceType: 'REPLENISHABLE', TotalQuantity: 1 }, { TotalQuantity: 2 }],
  ['ConsumableResource', { ResourceType: 'REPLENISHABLE', TotalQuantity: 1 }, { Tags: { Team: 'a' } }],
  ['ServiceEnvironment', SERVICE, { State: 'DISABLED', Tags: { Team: 'a' } }],
])('%s %j is changed in place by %j', async (type, properties, change) => {
  const first = await deployed(type, properties);
  const [, name = ''] = first.split('/');
  expect(name).toMatch(/^Thing-[A-Z0-9]{16}$/);
  expect(await deployed(type, { ...properties, ...change })).toBe(first);
  const { tags } = await shop.run('batch', 'ListTagsForResource', { resourceArn: first });
  expect(tags).toEqual(change.Tags ?? {});
  await shop.destroyed();
});

test.each<[string, Input, Input]>([
  ['SchedulingPolicy', { FairsharePolicy: {} }, { Tags: { Team: 'a' } }],
  ['ConsumableResource', { ResourceType: 'REPLENISHABLE', TotalQuantity: 1 }, { ResourceType: 'NON_REPLENISHABLE' }],
  ['ServiceEnvironment', SERVICE, { ServiceEnvironmentName: 'other' }],
])('%s %j is replaced by %j', async (type, properties, change) => {
  const first = await deployed(type, properties);
  expect(await deployed(type, { ...properties, ...change })).not.toBe(first);
  await shop.destroyed();
});

test('the file systems and repositories beside them have ids and attributes', async () => {
  const thing = (Type: string, Properties: Input = {}) => ({ Type, Properties });
  const att = (name: string, attribute: string) => ({ 'Fn::GetAtt': [name, attribute] });
  const outputs = outputsOf(
    await shop.deployed(
      {
        Efs: thing('AWS::EFS::FileSystem'),
        Files: thing('AWS::S3Files::FileSystem', { Bucket: 'arn:b', RoleArn: 'arn:r' }),
        Repository: thing('AWS::ECR::Repository', { RepositoryName: 'a/b' }),
        Access: thing('AWS::EKS::AccessEntry', { ClusterName: 'c', PrincipalArn: 'arn:p' }),
      },
      {
        Efs: ref('Efs'),
        Files: ref('Files'),
        Repository: att('Repository', 'RepositoryUri'),
        Access: ref('Access'),
      },
    ),
  );
  expect(outputs.Efs).toMatch(/^fs-0[0-9a-f]{16}$/);
  expect(outputs.Files).toMatch(/^arn:aws:s3files:us-east-1:000000000000:file-system\/fs-0[0-9a-f]{16}$/);
  expect(outputs.Repository).toBe('000000000000.dkr.ecr.us-east-1.amazonaws.com/a/b');
  expect(outputs.Access).toBe('arn:p|c');
  await shop.destroyed();
});
