import { Duration, Size, type Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  EksJob,
  JobQueue,
  JobSize,
  PlatformCapability,
  PodServiceAccount,
  PodVolume,
  type PodContainer,
  type PodOptions,
} from '../../../lib';
import type { Area } from '../area';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:stable');

/** A pod with everything that a pod can have. */
export function fullPod(): PodOptions {
  const cache = PodVolume.emptyDir('cache', { medium: batch.EmptyDirMediumType.MEMORY, sizeLimit: Size.gibibytes(1) });
  const container: PodContainer = {
    image,
    name: 'main',
    command: ['sh'],
    args: ['-c', 'true'],
    size: JobSize.of(1, Size.gibibytes(2)),
    environment: { QUALITY: 'final' },
    imagePullPolicy: batch.ImagePullPolicy.IF_NOT_PRESENT,
    mounts: [
      { volume: cache, mountPath: '/cache', subPath: 'part', readOnly: false },
      { volume: PodVolume.secret('licence', 'licence'), mountPath: '/licence' },
      { volume: PodVolume.hostPath('host', '/opt/data'), mountPath: '/data' },
      { volume: PodVolume.readOnlyPersistentVolumeClaim('claim', 'claim'), mountPath: '/claim' },
    ],
    user: 1000,
    group: 1000,
    readonlyRootFilesystem: true,
    privileged: false,
    allowPrivilegeEscalation: false,
  };
  return {
    containers: [container],
    initContainers: [{ ...container, name: 'first' }],
    namespace: 'research',
    serviceAccount: PodServiceAccount.of('research'),
    labels: { team: 'research' },
    annotations: { team: 'research' },
    imagePullSecrets: ['registry'],
    hostNetwork: false,
    dnsPolicy: batch.DnsPolicy.CLUSTER_FIRST,
    shareProcessNamespace: true,
  };
}

export const eksJobs: Area = {
  name: 'jobs on EKS',
  define: (stack: Stack) => {
    const queue = JobQueue.fromJobQueueAttributes(stack, 'Queue', {
      jobQueueArn: 'arn:aws:batch:us-east-1:111111111111:job-queue/pods',
      platformCapability: PlatformCapability.EKS,
    });
    new EksJob(stack, 'Job', { queue, timeout: Duration.hours(1), ...fullPod() });
  },
};
