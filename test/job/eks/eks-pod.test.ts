import { CfnParameter, Size, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  EksJob,
  type EksJobProps,
  type IPodServiceAccount,
  PlatformCapability,
  type PodContainer,
  PodServiceAccount,
  PodVolume,
  type PodVolumeMount,
} from '../../../lib';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/python:3.13-slim');
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

const job = (props: Partial<EksJobProps> = {}): EksJob => {
  const queue = new PlainQueue(stack, 'Queue', PlatformCapability.EKS);
  return new EksJob(stack, 'Job', { queue, containers: [{ image }], ...props });
};
const jobWith = (...mounts: PodVolumeMount[]): EksJob =>
  job({ containers: [{ image, mounts, readonlyRootFilesystem: false }] });
const hasPod = (properties: Record<string, unknown>): void => {
  Template.fromStack(stack).hasResourceProperties('AWS::Batch::JobDefinition', {
    EksProperties: { PodProperties: Match.objectLike(properties) },
  });
};
const token = (id = 'Parameter'): string => new CfnParameter(stack, id).valueAsString;
const refused = (check: string): string => `[cdk-batch-platform:${check}]`;

describe('a pod', () => {
  test('has containers side by side, after others that prepare their work', () => {
    job({
      containers: [
        { image, name: 'worker' },
        { image, name: 'sidecar' },
      ],
      initContainers: [{ image, name: 'prepare', args: ['fetch'] }],
    });
    hasPod({
      Containers: [Match.objectLike({ Name: 'worker' }), Match.objectLike({ Name: 'sidecar' })],
      InitContainers: [Match.objectLike({ Name: 'prepare', Args: ['fetch'] })],
    });
  });

  test('may be on the network of its node, share processes and sign in to registries', () => {
    job({
      hostNetwork: true,
      dnsPolicy: batch.DnsPolicy.CLUSTER_FIRST_WITH_HOST_NET,
      shareProcessNamespace: true,
      imagePullSecrets: ['registry.example'],
    });
    hasPod({
      HostNetwork: true,
      DnsPolicy: 'ClusterFirstWithHostNet',
      ShareProcessNamespace: true,
      ImagePullSecrets: [{ Name: 'registry.example' }],
    });
  });

  test.each([0, 11])('refuses %d containers (job-eks-container-count)', (count) => {
    const containers = Array.from({ length: count }, (_, index) => ({ image, name: `container-${index}` }));
    expect(() => job({ containers })).toThrow(
      `'containers' must hold 1 to 10 containers, got ${count} (in Stack/Job) ${refused('job-eks-container-count')}`,
    );
  });

  test('refuses 11 containers before the others (job-eks-container-count)', () => {
    const initContainers = Array.from({ length: 11 }, (_, index) => ({ image, name: `container-${index}` }));
    expect(() => job({ initContainers })).toThrow(`'initContainers' must hold 0 to 10 containers, got 11`);
  });

  test.each<[string, PodContainer[], string]>([
    [
      'two names',
      [
        { image, name: 'one' },
        { image, name: 'one' },
      ],
      `have the name 'one'`,
    ],
    ['no names', [{ image }, { image }], 'have no name'],
  ])('refuses containers that have %s alike (job-eks-duplicate-name)', (_, containers, message) => {
    expect(() => job({ containers })).toThrow(message);
  });

  test('refuses the name of a container for one that runs before it (job-eks-duplicate-name)', () => {
    const one: PodContainer = { image, name: 'one' };
    expect(() => job({ containers: [one], initContainers: [one] })).toThrow(refused('job-eks-duplicate-name'));
  });

  test.each(['Worker', 'a_b', '-a', 'a-', 'a.b', '', 'a'.repeat(64)])(
    'refuses a container with the name %j (job-eks-names)',
    (name) => {
      expect(() => job({ containers: [{ image, name }] })).toThrow(refused('job-eks-names'));
    },
  );

  test.each(['Registry', 'a..b', 'a'.repeat(254)])('refuses a pull secret with the name %j (job-eks-names)', (name) => {
    expect(() => job({ imagePullSecrets: [name] })).toThrow(refused('job-eks-names'));
  });
});

describe('labels, annotations and namespace', () => {
  test('are rendered, all three', () => {
    job({
      kubernetesNamespace: 'jobs',
      labels: { team: 'genomics', 'example.com/tier': '' },
      annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
    });
    hasPod({
      Metadata: {
        Namespace: 'jobs',
        Labels: { team: 'genomics', 'example.com/tier': '' },
        Annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' },
      },
    });
  });

  test('are left to AWS Batch by default', () => {
    job();
    hasPod({ Metadata: Match.absent() });
  });

  test.each(['default', 'kube-system', 'Jobs', 'a.b', '', 'a'.repeat(64)])(
    'refuses namespace %j (job-eks-namespace)',
    (kubernetesNamespace) => {
      expect(() => job({ kubernetesNamespace })).toThrow(refused('job-eks-namespace'));
    },
  );

  test.each<[string, Partial<EksJobProps>]>([
    ['a label of AWS Batch', { labels: { 'batch.amazonaws.com/job-id': '1' } }],
    ['an annotation of AWS Batch', { annotations: { 'node.batch.amazonaws.com/a': '1' } }],
    ['a key with a blank', { labels: { 'a b': '1' } }],
    ['a key with two slashes', { labels: { 'a.b/c/d': '1' } }],
    ['a key without a name', { labels: { 'a.b/': '1' } }],
    ['a prefix that is no domain name', { annotations: { 'A_B/c': '1' } }],
    ['a name of 64 characters', { annotations: { ['a'.repeat(64)]: '1' } }],
    ['a label with a blank', { labels: { a: 'b c' } }],
    ['a label of 64 characters', { labels: { a: 'b'.repeat(64) } }],
    ['an annotation of 256 characters', { annotations: { a: 'b'.repeat(256) } }],
  ])('refuses %s (job-eks-metadata)', (_, props) => {
    expect(() => job(props)).toThrow(refused('job-eks-metadata'));
  });

  test('may be known at deploy time only', () => {
    const value = token();
    job({ kubernetesNamespace: value, labels: { a: value }, annotations: { a: value } });
    const ref = { Ref: 'Parameter' };
    hasPod({ Metadata: { Namespace: ref, Labels: { a: ref }, Annotations: { a: ref } } });
  });
});

describe('a service account', () => {
  test('is named, and its namespace is that of the pods', () => {
    job({ serviceAccount: PodServiceAccount.of('worker', { kubernetesNamespace: 'jobs' }) });
    hasPod({ ServiceAccountName: 'worker', Metadata: { Namespace: 'jobs' } });
  });

  test('may be a construct of either module for Amazon EKS, or anything like them', () => {
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    const account: IPodServiceAccount = { serviceAccountName: 'worker', serviceAccountNamespace: 'jobs', role };
    expect(job({ serviceAccount: account, kubernetesNamespace: 'jobs' }).grantPrincipal).toBe(role);
  });

  test('refuses pods of another namespace (job-eks-service-account)', () => {
    const serviceAccount = PodServiceAccount.of('worker', { kubernetesNamespace: 'jobs' });
    expect(() => job({ serviceAccount, kubernetesNamespace: 'others' })).toThrow(
      `service account 'worker' is in namespace 'jobs', and pods in 'others' cannot have it`,
    );
  });

  test('refuses one in namespace default, where AWS Batch puts no pods (job-eks-namespace)', () => {
    const serviceAccount = PodServiceAccount.of('worker', { kubernetesNamespace: 'default' });
    expect(() => job({ serviceAccount })).toThrow(refused('job-eks-namespace'));
  });

  test('refuses a name that Kubernetes does not take (job-eks-names)', () => {
    expect(() => job({ serviceAccount: PodServiceAccount.of('The Worker') })).toThrow(refused('job-eks-names'));
  });

  test('may be known at deploy time only', () => {
    const kubernetesNamespace = token();
    job({ serviceAccount: PodServiceAccount.of(token('Name'), { kubernetesNamespace }) });
    hasPod({ ServiceAccountName: { Ref: 'Name' }, Metadata: { Namespace: { Ref: 'Parameter' } } });
  });
});

describe('volumes', () => {
  test('of all kinds belong to the pod as soon as a container mounts them', () => {
    jobWith(
      { volume: PodVolume.emptyDir('scratch'), mountPath: '/scratch' },
      {
        volume: PodVolume.emptyDir('fast', { medium: batch.EmptyDirMediumType.MEMORY, sizeLimit: Size.gibibytes(1) }),
        mountPath: '/fast',
      },
      { volume: PodVolume.hostPath('data', '/mnt/data'), mountPath: '/data', readOnly: true, subPath: 'reference' },
      { volume: PodVolume.secret('token', 'api-token'), mountPath: '/secrets' },
      { volume: PodVolume.optionalSecret('extra', 'api-extra'), mountPath: '/extra' },
      { volume: PodVolume.persistentVolumeClaim('shared', 'efs'), mountPath: '/shared' },
      { volume: PodVolume.readOnlyPersistentVolumeClaim('library', 'lustre'), mountPath: '/library' },
    );
    hasPod({
      Volumes: [
        { Name: 'scratch', EmptyDir: { Medium: '' } },
        { Name: 'fast', EmptyDir: { Medium: 'Memory', SizeLimit: '1024Mi' } },
        { Name: 'data', HostPath: { Path: '/mnt/data' } },
        { Name: 'token', Secret: { SecretName: 'api-token', Optional: false } },
        { Name: 'extra', Secret: { SecretName: 'api-extra', Optional: true } },
        { Name: 'shared', PersistentVolumeClaim: { ClaimName: 'efs', ReadOnly: false } },
        { Name: 'library', PersistentVolumeClaim: { ClaimName: 'lustre', ReadOnly: true } },
      ],
      Containers: [
        Match.objectLike({
          VolumeMounts: Match.arrayWith([
            { Name: 'scratch', MountPath: '/scratch', ReadOnly: false },
            { Name: 'data', MountPath: '/data', ReadOnly: true, SubPath: 'reference' },
          ]),
        }),
      ],
    });
  });

  test('are shared by the containers that mount them', () => {
    const volume = PodVolume.emptyDir('handover');
    job({
      containers: [{ image, mounts: [{ volume, mountPath: '/tmp' }] }],
      initContainers: [{ image, name: 'fetch', mounts: [{ volume, mountPath: '/tmp' }] }],
    });
    hasPod({ Volumes: [{ Name: 'handover', EmptyDir: { Medium: '' } }] });
  });

  test('refuses two with one name (job-eks-duplicate-name)', () => {
    const mounts = ['/a', '/b'].map((mountPath) => ({ volume: PodVolume.emptyDir('data'), mountPath }));
    expect(() => jobWith(...mounts)).toThrow(
      `two volumes of the pod have the name 'data': rename one, or let all containers mount the same one (in Stack/Job)`,
    );
  });

  test('refuses two at one path (job-eks-mount)', () => {
    const mounts = ['a', 'b'].map((name) => ({ volume: PodVolume.emptyDir(name), mountPath: '/data' }));
    expect(() => jobWith(...mounts)).toThrow(refused('job-eks-mount'));
  });

  test.each<[string, Partial<PodVolumeMount>]>([
    ['a relative path', { mountPath: 'data' }],
    ['a path with a colon', { mountPath: '/a:b' }],
    ['an absolute path in the volume', { subPath: '/a' }],
    ['a path that leaves the volume', { subPath: 'a/../../b' }],
    ['an empty path in the volume', { subPath: '' }],
  ])('refuses %s (job-eks-mount)', (_, mount) => {
    expect(() => jobWith({ volume: PodVolume.emptyDir('data'), mountPath: '/data', ...mount })).toThrow(
      refused('job-eks-mount'),
    );
  });

  test.each([
    ['a volume', PodVolume.emptyDir('my.data')],
    ['a secret', PodVolume.secret('data', 'My Secret')],
    ['a claim', PodVolume.persistentVolumeClaim('data', 'my_claim')],
  ])('refuses a name for %s that Kubernetes does not take (job-eks-names)', (_, volume) => {
    expect(() => jobWith({ volume, mountPath: '/data' })).toThrow(refused('job-eks-names'));
  });

  test('refuses a size of no whole MiB (job-eks-size)', () => {
    const volume = PodVolume.emptyDir('data', { sizeLimit: Size.kibibytes(1) });
    expect(() => jobWith({ volume, mountPath: '/data' })).toThrow(refused('job-eks-size'));
  });
});
