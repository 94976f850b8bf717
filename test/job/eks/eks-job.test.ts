import { CfnParameter, Size, type Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  EksJob,
  type EksJobProps,
  JobSize,
  PlatformCapability,
  type PodContainer,
  PodServiceAccount,
  PrivilegedAccess,
} from '../../../lib';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/python:3.13-slim');
let stack: Stack;
let queue: PlainQueue;

beforeEach(() => {
  stack = newStack();
  queue = new PlainQueue(stack, 'Queue', PlatformCapability.EKS);
});

const privileged = PrivilegedAccess.acknowledged('mounts the disks of the node');
const job = (props: Partial<EksJobProps> = {}): EksJob =>
  new EksJob(stack, 'Job', { queue, containers: [{ image }], ...props });
const jobOf = (container: Partial<PodContainer>, props: Partial<EksJobProps> = {}): EksJob =>
  job({ containers: [{ image, ...container }], ...props });
const template = (): Template => Template.fromStack(stack);
const hasPod = (properties: Record<string, unknown>): void => {
  template().hasResourceProperties('AWS::Batch::JobDefinition', {
    EksProperties: { PodProperties: Match.objectLike(properties) },
  });
};
const hasContainer = (properties: Record<string, unknown>): void => {
  hasPod({ Containers: [Match.objectLike(properties)] });
};

describe('a job on Amazon EKS', () => {
  test('is a pod of 1 vCPU and 2 GiB that does not run as root, on a network of its own', () => {
    job();
    template().hasResourceProperties('AWS::Batch::JobDefinition', {
      Type: 'container',
      EksProperties: {
        PodProperties: {
          HostNetwork: false,
          Containers: [
            {
              Image: 'public.ecr.aws/docker/library/python:3.13-slim',
              Resources: {
                Requests: { cpu: '1', memory: '2048Mi' },
                Limits: { cpu: '1', memory: '2048Mi' },
              },
              SecurityContext: {
                RunAsUser: 1000,
                RunAsGroup: 1000,
                RunAsNonRoot: true,
                Privileged: false,
                AllowPrivilegeEscalation: false,
                ReadOnlyRootFilesystem: true,
              },
              VolumeMounts: [{ Name: 'tmp-1', MountPath: '/tmp', ReadOnly: false }],
            },
          ],
        },
      },
      // AWS Batch refuses both for pods.
      PlatformCapabilities: Match.absent(),
      PropagateTags: Match.absent(),
      Timeout: { AttemptDurationSeconds: 3600 },
      ResourceRetentionPolicy: { SkipDeregisterOnUpdate: true },
    });
  });

  test('brings no resources but its definition', () => {
    job();
    const types = Object.values(template().toJSON().Resources as Record<string, { Type: string }>);
    expect(types.map(({ Type }) => Type).sort()).toEqual(['AWS::Batch::JobDefinition', 'AWS::Batch::JobQueue']);
  });

  test.each([PlatformCapability.EC2, PlatformCapability.FARGATE, PlatformCapability.MANAGED_INSTANCES])(
    'refuses a queue of %s (fit-platform)',
    (platform) => {
      queue = new PlainQueue(stack, 'Other', platform);
      expect(() => job()).toThrow(
        `'queue' must be one of Amazon EKS, as the job is a pod, got one of ${platform}: use a queue with an ` +
          'EksComputeEnvironment, or a BatchJob (in Stack/Job) [cdk-batch-platform:fit-platform]',
      );
    },
  );

  test('hands what is common to all jobs to its definition', () => {
    job({ parameters: { day: 'monday' }, schedulingPriority: 7, shareIdentifier: 'research' });
    template().hasResourceProperties('AWS::Batch::JobDefinition', {
      Parameters: { day: 'monday' },
      SchedulingPriority: 7,
    });
  });
});

describe('a container', () => {
  test('has name, command, arguments, variables and pull policy', () => {
    const container: Partial<PodContainer> = {
      name: 'worker',
      command: ['python'],
      args: ['run.py', 'Ref::day'],
      environment: { MODE: 'fast' },
      imagePullPolicy: batch.ImagePullPolicy.ALWAYS,
    };
    jobOf(container, { parameters: { day: 'monday' } });
    hasContainer({
      Name: 'worker',
      Command: ['python'],
      Args: ['run.py', 'Ref::day'],
      Env: [{ Name: 'MODE', Value: 'fast' }],
      ImagePullPolicy: 'Always',
    });
  });

  test('has the same GPUs and memory in requests and limits, and may use idle vCPUs', () => {
    jobOf({ size: JobSize.gpu(2, 8, Size.gibibytes(30)), vcpuLimit: 12 });
    hasContainer({
      Resources: {
        Requests: { cpu: '8', memory: '30720Mi', 'nvidia.com/gpu': '2' },
        Limits: { cpu: '12', memory: '30720Mi', 'nvidia.com/gpu': '2' },
      },
    });
  });

  test.each([0.25, 0.5, 3.75, 96])('may have %d vCPU', (vcpus) => {
    jobOf({ size: JobSize.of(vcpus, Size.mebibytes(4)) });
    hasContainer({ Resources: Match.objectLike({ Requests: { cpu: String(vcpus), memory: '4Mi' } }) });
  });

  test.each<[string, Partial<PodContainer>, string]>([
    ['no vCPU', { size: JobSize.of(0, Size.gibibytes(1)) }, 'must be a multiple of 0.25, at least 0.25, got 0'],
    ['a third of a vCPU', { size: JobSize.of(0.3, Size.gibibytes(1)) }, 'must be a multiple of 0.25'],
    ['3 MiB', { size: JobSize.of(1, Size.mebibytes(3)) }, 'must be whole MiB, at least 4, got 3 MiB'],
    ['parts of a MiB', { size: JobSize.of(1, Size.kibibytes(9_000)) }, 'must be whole MiB'],
    ['half a GPU', { size: JobSize.gpu(0.5, 1, Size.gibibytes(1)) }, 'the GPUs of the container without a name'],
    ['a limit below its vCPUs', { vcpuLimit: 0.5 }, 'must be at least the 1 vCPU of its size, got 0.5'],
    ['a limit between the steps', { vcpuLimit: 1.1 }, `'vcpuLimit' of the container without a name must be a multiple`],
  ])('refuses %s (job-eks-size)', (_, container, message) => {
    expect(() => jobOf(container)).toThrow(message);
    stack.node.tryRemoveChild('Job');
    expect(() => jobOf(container)).toThrow('[cdk-batch-platform:job-eks-size]');
  });

  test('may run as root, with more rights than other processes have', () => {
    jobOf({ user: 0, group: 5, privileged, readonlyRootFilesystem: true });
    hasContainer({
      SecurityContext: {
        RunAsUser: 0,
        RunAsGroup: 5,
        RunAsNonRoot: false,
        Privileged: true,
        AllowPrivilegeEscalation: true,
        ReadOnlyRootFilesystem: true,
      },
    });
  });

  test.each<[string, Partial<PodContainer>]>([
    ['a negative user', { user: -1 }],
    ['a user that is no whole number', { user: 1.5 }],
    ['a group beyond 32 bits', { group: 2_147_483_648 }],
    ['privileges without escalation', { privileged, allowPrivilegeEscalation: false }],
  ])('refuses %s (job-eks-security-context)', (_, container) => {
    expect(() => jobOf(container)).toThrow('[cdk-batch-platform:job-eks-security-context]');
  });

  test('refuses variables that AWS Batch keeps for itself', () => {
    expect(() => jobOf({ environment: { AWS_BATCH_JOB_ID: '1' } })).toThrow(`must not start with 'AWS_BATCH'`);
  });

  test('takes values that are known at deploy time only', () => {
    const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const memory = Size.mebibytes(number);
    const name = new CfnParameter(stack, 'Name').valueAsString;
    jobOf({ size: JobSize.gpu(number, number, memory), vcpuLimit: number, user: number, name });
    const ref = { Ref: 'Number' };
    hasContainer({
      Name: { Ref: 'Name' },
      Resources: Match.objectLike({
        Requests: { cpu: ref, memory: { 'Fn::Join': ['', [ref, 'Mi']] }, 'nvidia.com/gpu': ref },
      }),
      SecurityContext: Match.objectLike({ RunAsUser: ref, RunAsGroup: ref, RunAsNonRoot: Match.absent() }),
    });
  });
});

describe('what is probably wrong', () => {
  test('warns of secrets in plain variables, and says where they belong (job-plain-secret)', () => {
    jobOf({ environment: { API_TOKEN: 'abc' } });
    const message = Match.stringLikeRegexp('API_TOKEN: put them into a Kubernetes secret.*job-plain-secret');
    Annotations.fromStack(stack).hasWarning('/Stack/Job', message);
  });

  test('warns of placeholders in arguments that nothing gives a value (job-parameter-default)', () => {
    jobOf({ args: ['Ref::day'] });
    Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('day.*job-parameter-default'));
  });
});

describe('an image', () => {
  test('of Amazon ECR is pulled by the nodes, and no role is let in (D8)', () => {
    const repository = new ecr.Repository(stack, 'Repository');
    jobOf({ image: ecs.ContainerImage.fromEcrRepository(repository, 'v1') });
    template().hasResourceProperties('AWS::ECR::Repository', { RepositoryPolicyText: Match.absent() });
    template().resourceCountIs('AWS::IAM::Role', 0);
    template().resourceCountIs('AWS::IAM::Policy', 0);
    const images = JSON.stringify(template().findResources('AWS::Batch::JobDefinition'));
    expect(images).toContain('.dkr.ecr.');
    expect(images).toContain(':v1');
  });

  test('may be built for the job', () => {
    jobOf({ image: ecs.ContainerImage.fromAsset('test/job/eks-image') });
    expect(JSON.stringify(template().findResources('AWS::Batch::JobDefinition'))).toContain('.dkr.ecr.');
    template().resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('refuses credentials in Secrets Manager, which nodes cannot use (job-eks-image)', () => {
    const credentials = new secretsmanager.Secret(stack, 'Credentials');
    const privateImage = ecs.ContainerImage.fromRegistry('registry.example.com/tool', { credentials });
    expect(() => jobOf({ image: privateImage, name: 'tool' })).toThrow(
      `the image of container 'tool' comes with credentials in Secrets Manager, which nodes of Amazon EKS cannot use: ` +
        `put them into a Kubernetes secret and name it in 'imagePullSecrets' of the pod (in Stack/Job) ` +
        '[cdk-batch-platform:job-eks-image]',
    );
  });
});

describe('what is granted to the job', () => {
  test('is granted to the role of its service account', () => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.grantRead(job({ serviceAccount: PodServiceAccount.of('worker', { role }) }));
    template().hasResourceProperties('AWS::IAM::Policy', { Roles: [stack.resolve(role.roleName)] });
  });

  test('warns of what has to be granted elsewhere, where no role is known (job-eks-unknown-role)', () => {
    const bucket = new s3.Bucket(stack, 'Bucket');
    bucket.grantRead(job({ serviceAccount: PodServiceAccount.of('worker') }));
    template().resourceCountIs('AWS::IAM::Policy', 0);
    template().resourceCountIs('AWS::S3::BucketPolicy', 0);
    Annotations.fromStack(stack).hasWarning('/Stack/Job', Match.stringLikeRegexp('s3:GetObject.*job-eks-unknown-role'));
  });

  test('refuses to name a role that is not known', () => {
    const { grantPrincipal } = job();
    expect(() => grantPrincipal.policyFragment).toThrow('no policy can name the role of the pods');
  });
});

describe('demands', () => {
  const worker: PodContainer = { image, name: 'worker', size: JobSize.gpu(1, 4, Size.gibibytes(8)) };
  const sidecar: PodContainer = { image, name: 'sidecar', size: JobSize.of(0.5, Size.gibibytes(1)) };

  test('are those of all containers together', () => {
    const [demand] = job({ containers: [worker, sidecar] }).demands ?? [];
    expect([demand.vcpus, demand.memory.toMebibytes(), demand.gpus]).toEqual([4.5, 9 * 1024, 1]);
  });

  test('are those of a container before them, where it takes more', () => {
    const prepare: PodContainer = { image, name: 'prepare', size: JobSize.of(2, Size.gibibytes(64)) };
    const [demand] = job({ containers: [worker, sidecar], initContainers: [prepare] }).demands ?? [];
    expect([demand.vcpus, demand.memory.toGibibytes(), demand.gpus]).toEqual([4.5, 64, 1]);
  });

  test('are not known when part of them is known at deploy time only', () => {
    const size = JobSize.of(Token.asNumber({ Ref: 'Number' }), Size.gibibytes(1));
    expect(job({ containers: [worker, { image, size }] }).demands).toBeUndefined();
  });
});
