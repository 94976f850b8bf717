import { App, Size, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, DataBucket, DataKey, FargateComputeEnvironment, type IJobQueue, JobQueue, JobSize } from '../../lib';
import { featureFlags, importedVpc } from '../support/stack';
import { synthesize } from './apps';
import { findingsIn } from './findings';

let app: App;
let stack: Stack;
let queue: IJobQueue;

function start(references: string): void {
  app = new App({ context: { ...featureFlags(), '@aws-cdk/core:defaultCrossStackReferences': references } });
  stack = new Stack(app, 'Stack');
  const fargate = new FargateComputeEnvironment(stack, 'Fargate', { vpc: importedVpc(stack) });
  const encryptionKey = new DataKey(stack, 'Key');
  queue = new JobQueue(stack, 'Queue', { computeEnvironments: [fargate], encryptionKey });
}

beforeEach(() => {
  start('weak');
});

/** What is found at constructs whose path begins so, by rule. */
const findings = (path: string): string[] => {
  synthesize(app);
  return findingsIn(app).flatMap((finding) => (finding.path.startsWith(path) ? [finding.id] : []));
};

const jobReading = (bucket: s3.IBucket): BatchJob =>
  new BatchJob(stack, 'Job', {
    image: ecs.ContainerImage.fromRegistry('busybox'),
    size: JobSize.of(1, Size.gibibytes(2)),
    queue,
    reads: [bucket],
  });

describe('an acknowledgement of the library', () => {
  test('covers a bucket of the same stack', () => {
    jobReading(new DataBucket(stack, 'Data'));
    expect(findings('Stack/Job')).toEqual([]);
  });

  test.each(['weak', 'strong'])('covers a bucket of another stack by %s references', (references) => {
    start(references);
    jobReading(new DataBucket(new Stack(app, 'Storage'), 'Data'));
    expect(findings('Stack/Job')).toEqual([]);
  });

  test('covers an imported bucket', () => {
    jobReading(s3.Bucket.fromBucketName(stack, 'Data', 'data'));
    expect(findings('Stack/Job')).toEqual([]);
  });

  test('covers a grant to a role of the user, exactly', () => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    jobReading(new DataBucket(stack, 'Data')).grants.terminate(role);
    expect(findings('Stack/Role').filter((id) => id.includes('IAM5'))).toEqual([]);
  });

  test('does not cover what the user adds to a role of the library', () => {
    const { jobRole } = jobReading(new DataBucket(stack, 'Data'));
    const resources = ['arn:aws:s3:::elsewhere/*'];
    jobRole.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources }));
    expect(findings('Stack/Job')).toEqual(['AwsSolutions-IAM5[Resource::arn:aws:s3:::elsewhere/*]']);
  });
});
