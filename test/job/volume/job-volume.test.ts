import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Lazy } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as s3files from 'aws-cdk-lib/aws-s3files';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, type ContainerMount, type EfsVolumeOptions, JobVolume, PlatformCapability } from '../../../lib';
import { definitionOf } from '../../support/definition';
import { PlainQueue } from '../../support/queues';
import { statementsOf } from '../../support/role-statements';
import { importedVpc, newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function job(mounts: ContainerMount[], platform = PlatformCapability.EC2): BatchJob {
  const image = ecs.ContainerImage.fromRegistry('busybox');
  const queue = new PlainQueue(stack, 'Queue', platform);
  return new BatchJob(stack, 'Job', { image, mounts, queue, readonlyRootFilesystem: false });
}

const container = (mounts: ContainerMount[]): unknown => definitionOf(job(mounts)).containerProperties;
const at = (volume: JobVolume, containerPath = '/data'): ContainerMount => ({ volume, containerPath });
const resolve = (value: unknown): unknown => stack.resolve(value);

describe('a file system of EFS', () => {
  let fileSystem: efs.FileSystem;

  beforeEach(() => {
    fileSystem = new efs.FileSystem(stack, 'Files', { vpc: importedVpc(stack) });
  });

  const volume = (options: EfsVolumeOptions = {}): JobVolume => JobVolume.efs(fileSystem, options);

  test('is always encrypted in transit, and asks IAM (D14)', () => {
    expect(container([at(volume())])).toMatchObject({
      volumes: [
        {
          name: 'volume1',
          efsVolumeConfiguration: {
            fileSystemId: resolve(fileSystem.fileSystemId),
            transitEncryption: 'ENABLED',
            authorizationConfig: { iam: 'ENABLED' },
          },
        },
      ],
      mountPoints: [{ sourceVolume: 'volume1', containerPath: '/data', readOnly: false }],
    });
  });

  test('lets the job role mount and write, as one that denies anonymous access wants it', () => {
    job([at(volume())]);
    expect(statementsOf(stack, 'JobJobRole')).toEqual([
      {
        Action: ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'],
        Effect: 'Allow',
        Resource: resolve(fileSystem.fileSystemArn),
      },
    ]);
  });

  test('lets the job role only mount when nobody writes', () => {
    job([{ volume: volume(), containerPath: '/data', readOnly: true }]);
    expect(statementsOf(stack, 'JobJobRole')).toMatchObject([{ Action: 'elasticfilesystem:ClientMount' }]);
  });

  test('may be mounted twice, and is one volume: one writer is enough to be granted to write', () => {
    const shared = volume();
    const properties = container([{ ...at(shared), readOnly: true }, at(shared, '/out')]);
    expect(properties).toHaveProperty('volumes.length', 1);
    expect(properties).toMatchObject({ mountPoints: [{ readOnly: true }, { readOnly: false, containerPath: '/out' }] });
    expect(JSON.stringify(statementsOf(stack, 'JobJobRole'))).toContain('ClientWrite');
  });

  test('is granted through its access point only', () => {
    const accessPoint = fileSystem.addAccessPoint('Point', { path: '/jobs' });
    expect(container([at(volume({ accessPoint }))])).toMatchObject({
      volumes: [
        {
          efsVolumeConfiguration: {
            transitEncryption: 'ENABLED',
            authorizationConfig: { accessPointId: resolve(accessPoint.accessPointId), iam: 'ENABLED' },
          },
        },
      ],
    });
    expect(statementsOf(stack, 'JobJobRole')).toMatchObject([
      { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': resolve(accessPoint.accessPointArn) } } },
    ]);
  });

  test('need not ask IAM: then nothing is granted, and it is still encrypted', () => {
    expect(
      container([at(volume({ iamAuthorization: false, rootDirectory: '/in', transitEncryptionPort: 20_049 }))]),
    ).toMatchObject({
      volumes: [
        {
          efsVolumeConfiguration: {
            rootDirectory: '/in',
            transitEncryption: 'ENABLED',
            transitEncryptionPort: 20_049,
            authorizationConfig: { iam: 'DISABLED' },
          },
        },
      ],
    });
    expect(statementsOf(stack, 'JobJobRole')).toEqual([]);
  });

  test('refuses a root directory beside an access point (job-efs-root-directory)', () => {
    const accessPoint = fileSystem.addAccessPoint('Point');
    expect(() => job([at(volume({ accessPoint, rootDirectory: '/in' }))])).toThrow(
      /'rootDirectory' of a volume must be left out when it has an access point, .*, got "\/in" \(in Stack\/Job\)/,
    );
  });

  test('may say that the root directory is that of the access point', () => {
    const accessPoint = fileSystem.addAccessPoint('Point');
    expect(() => job([at(volume({ accessPoint, rootDirectory: '/' }))])).not.toThrow();
  });

  test.each([-1, 65_536])('refuses port %d (job-volume-port)', (transitEncryptionPort) => {
    expect(() => job([at(volume({ transitEncryptionPort }))])).toThrow(
      `'transitEncryptionPort' must be a whole number from 0 to 65535, got ${transitEncryptionPort} (in Stack/Job)`,
    );
  });
});

describe('a file system of S3 Files', () => {
  let fileSystem: s3files.CfnFileSystem;

  beforeEach(() => {
    fileSystem = new s3files.CfnFileSystem(stack, 'Files', {
      bucket: 'arn:aws:s3:::data',
      roleArn: 'arn:aws:iam::111122223333:role/sync',
    });
  });

  test('may be mounted and written to by the job role', () => {
    const accessPoint = new s3files.CfnAccessPoint(stack, 'Point', { fileSystemId: fileSystem.ref });
    const volume = JobVolume.s3Files(fileSystem, { accessPoint, rootDirectory: '/in', transitEncryptionPort: 2050 });
    const made = job([at(volume)], PlatformCapability.FARGATE);
    expect(definitionOf(made).containerProperties).toMatchObject({
      volumes: [
        {
          name: 'volume1',
          s3FilesVolumeConfiguration: {
            fileSystemArn: resolve(fileSystem.fileSystemRef.fileSystemArn),
            accessPointArn: resolve(accessPoint.accessPointRef.accessPointArn),
            rootDirectory: '/in',
            transitEncryptionPort: 2050,
          },
        },
      ],
    });
    expect(statementsOf(stack, 'JobJobRole')).toEqual([
      {
        Action: ['s3files:ClientMount', 's3files:ClientWrite'],
        Effect: 'Allow',
        Resource: resolve(fileSystem.fileSystemRef.fileSystemArn),
      },
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('warns on EC2, which AWS does not support yet (job-s3-files-ec2)', () => {
    job([at(JobVolume.s3Files(fileSystem))]);
    expect(warningsOf(stack)).toEqual([
      expect.stringMatching(/AWS does not support volumes of S3 Files on EC2.*job-s3-files-ec2/),
    ]);
  });
});

test('directories of the host, file systems of FSx there, and directories of the job', () => {
  const mounts = [
    at(JobVolume.host('/scratch'), '/a'),
    at(JobVolume.fsx('/fsx'), '/b'),
    at(JobVolume.ephemeral(), '/c'),
  ];
  expect(container(mounts)).toMatchObject({
    volumes: [
      { name: 'volume1', host: { sourcePath: '/scratch' } },
      { name: 'volume2', host: { sourcePath: '/fsx' } },
      { name: 'volume3' },
    ],
  });
});

describe('names', () => {
  test('can be chosen', () => {
    expect(container([at(JobVolume.ephemeral({ name: 'scratch' }))])).toMatchObject({
      volumes: [{ name: 'scratch' }],
      mountPoints: [{ sourceVolume: 'scratch' }],
    });
  });

  test('refuses one name for two volumes (job-volume-name)', () => {
    const mounts = ['/a', '/b'].map((path) => at(JobVolume.ephemeral({ name: 'scratch' }), path));
    expect(() => job(mounts)).toThrow('two volumes have the name "scratch": name them differently');
  });

  test.each(['', 'a b', 'x'.repeat(256)])('refuses %j', (name) => {
    expect(() => job([at(JobVolume.ephemeral({ name }))])).toThrow(
      "the name of a volume must have 1 to 255 letters, digits, '-' and '_'",
    );
  });

  test('may be known only at deploy time', () => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    expect(() => job([at(JobVolume.ephemeral({ name }))])).not.toThrow();
  });
});

describe('paths', () => {
  test.each(['/data', 'C:\\data', Lazy.string({ produce: () => 'later' })])('may be %j', (containerPath) => {
    expect(() => job([at(JobVolume.ephemeral(), containerPath)])).not.toThrow();
  });

  test.each(['data', './data', ''])('refuses %j (job-mount-path)', (containerPath) => {
    expect(() => job([at(JobVolume.ephemeral(), containerPath)])).toThrow(
      `'containerPath' of a mount must be an absolute path, got ${JSON.stringify(containerPath)} (in Stack/Job)`,
    );
  });

  test('refuses two volumes at one path', () => {
    expect(() => job([at(JobVolume.ephemeral()), at(JobVolume.host('/x'))])).toThrow(
      'two volumes are mounted at "/data"',
    );
  });
});
