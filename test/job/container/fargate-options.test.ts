import type { Stack } from 'aws-cdk-lib';
import { CfnParameter, Resource, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  BatchJob,
  type BatchJobProps,
  type ComputeOffer,
  type FargateOptions,
  FargateComputeEnvironment,
  JobQueue,
  JobVolume,
  PlatformCapability,
  PublicBatchNetwork,
} from '../../../lib';
import { definitionOf } from '../../support/definition';
import { PlainQueue } from '../../support/queues';
import { importedVpc, newStack } from '../../support/stack';
import { warningsOf } from '../../support/warnings';

const image = ecs.ContainerImage.fromRegistry('busybox');
const WINDOWS = ecs.OperatingSystemFamily.WINDOWS_SERVER_2022_CORE;
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function job(fargate: FargateOptions | undefined, props: Partial<BatchJobProps> = {}): BatchJob {
  const queue = new PlainQueue(stack, 'Queue', PlatformCapability.FARGATE);
  return new BatchJob(stack, 'Job', { image, queue, fargate, ...props });
}

const container = (fargate?: FargateOptions): unknown => definitionOf(job(fargate)).containerProperties;

test('nothing is written when nothing is asked for: AWS has good defaults', () => {
  const properties = container();
  expect(properties).not.toHaveProperty('runtimePlatform');
  expect(properties).not.toHaveProperty('ephemeralStorage');
  expect(properties).not.toHaveProperty('networkConfiguration');
  expect(properties).not.toHaveProperty('fargatePlatformConfiguration');
});

test('disk, platform version and public address are rendered', () => {
  expect(
    container({
      ephemeralStorage: Size.gibibytes(100),
      platformVersion: ecs.FargatePlatformVersion.VERSION1_4,
      assignPublicIp: true,
    }),
  ).toMatchObject({
    ephemeralStorage: { sizeInGiB: 100 },
    fargatePlatformConfiguration: { platformVersion: '1.4.0' },
    networkConfiguration: { assignPublicIp: 'ENABLED' },
  });
});

test('ARM64 is Linux, and known to the queue', () => {
  const made = job({ architecture: ec2.InstanceArchitecture.ARM_64 });
  expect(definitionOf(made).containerProperties).toMatchObject({
    runtimePlatform: { cpuArchitecture: 'ARM64', operatingSystemFamily: 'LINUX' },
  });
  expect(made.demands).toMatchObject([{ architecture: ec2.InstanceArchitecture.ARM_64 }]);
});

test('a public address can be ruled out', () => {
  expect(container({ assignPublicIp: false })).toMatchObject({ networkConfiguration: { assignPublicIp: 'DISABLED' } });
});

describe('in public subnets', () => {
  const made = (fargate?: FargateOptions): BatchJob => {
    const { vpc } = new PublicBatchNetwork(stack, 'Network');
    const inPublic = new FargateComputeEnvironment(stack, 'Public', { vpc });
    const elsewhere = new FargateComputeEnvironment(stack, 'Private', { vpc: importedVpc(stack) });
    return job(fargate, { queue: new JobQueue(stack, 'Both', { computeEnvironments: [elsewhere, inPublic] }) });
  };
  const address = (assignPublicIp: string) => ({ networkConfiguration: { assignPublicIp } });

  test('a job has a public address, as it pulls no image without', () => {
    expect(definitionOf(made()).containerProperties).toMatchObject(address('ENABLED'));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a job that wants none is warned of (job-public-address)', () => {
    expect(definitionOf(made({ assignPublicIp: false })).containerProperties).toMatchObject(address('DISABLED'));
    expect(warningsOf(stack)).toEqual([
      "'fargate.assignPublicIp' is false, and the queue has public subnets, where jobs pull no image without a public " +
        'address unless there are VPC endpoints: leave it out [ack: cdk-batch-platform:job-public-address]',
    ]);
  });
});

describe('the disk', () => {
  test.each([21, 200])('may have %d GiB', (gibibytes) => {
    expect(() => job({ ephemeralStorage: Size.gibibytes(gibibytes) })).not.toThrow();
  });

  test.each([Size.gibibytes(20), Size.gibibytes(201), Size.mebibytes(21 * 1024 + 1)])(
    'refuses %s (job-ephemeral-storage)',
    (ephemeralStorage) => {
      expect(() => job({ ephemeralStorage })).toThrow(
        /'fargate.ephemeralStorage' must be 21 to 200 whole GiB, got [\d.]+ GiB: .* \[cdk-batch-platform:job-ephemeral-storage\]/,
      );
    },
  );

  test('may be known only at deploy time', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    expect(container({ ephemeralStorage: Size.gibibytes(number) })).toMatchObject({
      ephemeralStorage: { sizeInGiB: { Ref: 'Number' } },
    });
  });
});

describe('Windows', () => {
  test('is told neither a user nor anything of Linux', () => {
    const properties = container({ operatingSystem: WINDOWS });
    expect(properties).toMatchObject({
      runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' },
    });
    expect(properties).not.toHaveProperty('user');
    expect(properties).not.toHaveProperty('linuxParameters');
    expect(properties).not.toHaveProperty('readonlyRootFilesystem');
  });

  test.each<Partial<BatchJobProps>>([{ user: 'me' }, { readonlyRootFilesystem: true }, { initProcess: true }])(
    'refuses %o (job-windows-unsupported)',
    (props) => {
      expect(() => job({ operatingSystem: WINDOWS }, props)).toThrow(
        `'${Object.keys(props)[0]}' must be left out for containers of Windows (in Stack/Job)`,
      );
    },
  );

  test('refuses ARM64', () => {
    expect(() => job({ operatingSystem: WINDOWS, architecture: ec2.InstanceArchitecture.ARM_64 })).toThrow(
      "'fargate.architecture' must be X86_64 for Windows, got ARM_64 (in Stack/Job)",
    );
  });

  /** A compute environment of Fargate as far as a queue knows it. */
  class KnownFargate extends Resource {
    public readonly computeEnvironmentArn = `arn:aws:batch:eu-west-1:111122223333:compute-environment/${this.node.id}`;
    public readonly computeEnvironmentRef = { computeEnvironmentArn: this.computeEnvironmentArn };
    public readonly platformCapability = PlatformCapability.FARGATE;
    public offer?: ComputeOffer;
  }

  test.each([
    { spot: [true], refused: true },
    { spot: [true, false], refused: false },
    { spot: [undefined], refused: false },
  ])('refuses a queue that has Spot capacity only: $spot', ({ spot, refused }) => {
    const computeEnvironments = spot.map((one, index) => {
      const environment = new KnownFargate(stack, `Known${index}`);
      environment.offer = { spot: one };
      return environment;
    });
    const queue = new JobQueue(stack, 'Known', { computeEnvironments });
    const attempt = expect(() => job({ operatingSystem: WINDOWS }, { queue }));
    if (refused) attempt.toThrow(/Windows gets no Spot capacity of Fargate, which is all that the queue has/);
    else attempt.not.toThrow();
  });
});

test.each([ecs.FargatePlatformVersion.VERSION1_3, ecs.FargatePlatformVersion.VERSION1_0])(
  'refuses platform version %s with volumes of EFS (job-efs-platform-version)',
  (platformVersion) => {
    const fileSystem = new efs.CfnFileSystem(stack, 'Files');
    const mounts = [{ volume: JobVolume.efs(fileSystem), containerPath: '/data' }];
    expect(() => job({ platformVersion }, { mounts })).toThrow(
      `'fargate.platformVersion' must be LATEST or 1.4.0 for volumes of EFS, got ${platformVersion} (in Stack/Job)`,
    );
  },
);

test.each([PlatformCapability.EC2, PlatformCapability.MANAGED_INSTANCES])(
  'refuses all of it on %s (job-fargate-only)',
  (platform) => {
    const queue = new PlainQueue(stack, 'Other', platform);
    expect(() => job({ assignPublicIp: true }, { queue })).toThrow(
      `'fargate' must be left out on ${platform}: use a queue of Fargate (in Stack/Job) [cdk-batch-platform:job-fargate-only]`,
    );
  },
);

test('imported compute environments of Fargate are not known to be Spot', () => {
  const environment = FargateComputeEnvironment.fromFargateComputeEnvironmentArn(
    stack,
    'Imported',
    'arn:aws:batch:eu-west-1:111122223333:compute-environment/Known',
  );
  const queue = new JobQueue(stack, 'Imports', { computeEnvironments: [environment] });
  expect(() => job({ operatingSystem: WINDOWS }, { queue })).not.toThrow();
});
