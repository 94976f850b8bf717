import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { wildcards } from '../support/least-privilege';
import { isJson, propertiesOf, resourcesOf, type Json } from '../support/policies';
import { featureFlags } from '../support/stack';

const APP = join(import.meta.dirname, '../../bin/app');

/** Runs the app as the CDK CLI does: with an output folder and the context of cdk.json in its environment. */
async function synthesize(): Promise<string> {
  const outdir = mkdtempSync(join(tmpdir(), 'app-test-'));
  vi.stubEnv('CDK_OUTDIR', outdir);
  vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify(featureFlags()));
  vi.resetModules();
  await import(APP);
  vi.unstubAllEnvs();
  return outdir;
}

const read = (folder: string, file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

describe('the app of a platform repository', () => {
  const folders: string[] = [];
  let template: unknown;
  let resources: ReadonlyMap<string, Json>;
  const ofType = (type: string): [string, Json][] => [...resources].filter(([, resource]) => resource.Type === type);

  beforeAll(async () => {
    // From one line, as the assembly tells the line of the call that each resource goes back to.
    while (folders.length < 2) folders.push(await synthesize());
    template = read(folders[0], 'BatchPlatform-prod.template.json');
    resources = resourcesOf(template);
  }, 60_000);

  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  test('is synthesised twice to the same bytes', () => {
    const [first, second] = folders.map((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((file) => [file.replace(folder, ''), readFileSync(file, 'utf8').replaceAll(folder, '')]),
    );
    expect(first.length).toBeGreaterThan(4);
    expect(second).toEqual(first);
  });

  test('is not objected to by the validator of CloudFormation templates', () => {
    expect(read(folders[0], 'validation-report.json')).toMatchObject({ pluginReports: [] });
  });

  test('has no custom resource: every function is one of ours', () => {
    const types = [...resources.values()].map((resource) => String(resource.Type));
    expect(
      types.filter((type) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource'),
    ).toEqual([]);
    expect(ofType('AWS::Lambda::Function').length).toBeGreaterThan(0);
    for (const [, fn] of ofType('AWS::Lambda::Function')) expect(propertiesOf(fn).Architectures).toEqual(['arm64']);
  });

  test('allows nothing on more than is needed', () => {
    expect(wildcards(template)).toEqual([]);
  });

  test('keeps no log for ever or in the clear', () => {
    const open = ofType('AWS::Logs::LogGroup')
      .filter(([, group]) => {
        const { RetentionInDays, KmsKeyId } = propertiesOf(group);
        return RetentionInDays === undefined || KmsKeyId === undefined;
      })
      .map(([id]) => id);
    expect(open).toEqual([]);
    expect(ofType('AWS::Logs::LogGroup').length).toBeGreaterThan(0);
  });

  test('names nothing but with the id of its stack, or as other stacks look for it: anything may be replaced and deployed twice', () => {
    const NAMES =
      /^(BucketName|TableName|RoleName|FunctionName|QueueName|TopicName|LogGroupName|StateMachineName|AliasName|Name|(ComputeEnvironment|JobQueue|JobDefinition|LaunchTemplate|InstanceProfile)Name)$/;
    // The name of another resource, by a reference, is none that is given here.
    const GIVEN = /AWS::StackId|^{"Ref":|^"\/batch-platform\/prod/;
    const named = [...resources].flatMap(([id, resource]) =>
      Object.entries(propertiesOf(resource))
        .filter(([property, value]) => NAMES.test(property) && !GIVEN.test(JSON.stringify(value)))
        .map(([property]) => `${id}.${property}`),
    );
    expect(named).toEqual([]);
  });

  test('runs no instance when idle', () => {
    const floors = ofType('AWS::Batch::ComputeEnvironment').map(([, environment]) => {
      const { ComputeResources } = propertiesOf(environment);
      return isJson(ComputeResources) ? (ComputeResources.MinvCpus ?? 0) : 'unknown';
    });
    expect(floors).toEqual([0, 0, 0]);
  });

  test('has a platform for each stage, which differ in their names, their size and what becomes of their data', () => {
    const dev = read(folders[0], 'BatchPlatform-dev.template.json');
    const facts = (stage: unknown, type: string, property: string) =>
      [...resourcesOf(stage).values()]
        .filter(({ Type }) => Type === type)
        .map((resource) => resource[property] ?? propertiesOf(resource)[property]);
    expect([dev, template].map((stage) => facts(stage, 'AWS::S3::Bucket', 'DeletionPolicy'))).toEqual([
      ['Delete'],
      ['Retain'],
    ]);
    expect(facts(dev, 'AWS::SSM::Parameter', 'Name')).toContain('/batch-platform/dev/bucket');
    expect(facts(template, 'AWS::SSM::Parameter', 'Name')).toContain('/batch-platform/prod/bucket');
    expect([...resourcesOf(dev).keys()].sort()).toEqual([...resources.keys()].sort());
  });

  test('keeps the logical ids of what holds data or waiting jobs', () => {
    const STATEFUL = ['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::Batch::JobQueue'];
    expect(STATEFUL.flatMap((type) => ofType(type).map(([id]) => id))).toEqual([
      'PlatformKeyE2280810',
      'PlatformData8ABFB34D',
      'UploadsResults6EA508EB',
      'PlatformQueuesurgent94507E0E',
      'PlatformQueuesstandard62D0875C',
      'PlatformQueuesbulkA9C1E8B9',
      'PlatformQueuesfargate9B2B4CD3',
    ]);
  });

  test('is small enough to be read at once, and uses the library as its users do', () => {
    const source = readFileSync(`${APP}.ts`, 'utf8');
    expect(source.split('\n').length).toBeLessThanOrEqual(41);
    expect([...source.matchAll(/from '(.*)'/g)].map(([, from]) => from)).toEqual([
      'aws-cdk-lib',
      'aws-cdk-lib/aws-ecs',
      '../lib',
    ]);
  });
});

test('a wildcard would be found', () => {
  const policy = (Action: string, Resource: string) => ({
    Resources: {
      P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: [{ Action, Resource }] } } },
    },
  });
  expect(wildcards(policy('batch:SubmitJob', '*'))).toEqual(['P: batch:SubmitJob on *']);
  expect(wildcards(policy('s3:GetObject', 'arn:aws:s3:::*/*'))).toEqual(['P: s3:GetObject on arn:aws:s3:::*/*']);
  expect(wildcards(policy('batch:DescribeJobs', '*'))).toEqual([]);
  expect(wildcards(policy('s3:GetObject', 'arn:aws:s3:::data/in/*'))).toEqual([]);
});
