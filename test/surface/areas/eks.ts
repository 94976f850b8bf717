import { Duration, Size, type Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks';
import {
  EksAccessEntryState,
  EksComputeEnvironment,
  EksJob,
  EksMultiNodeJob,
  InstanceSelection,
  JobQueue,
  JobSize,
  PlatformCapability,
  PodGroup,
  PodServiceAccount,
  PodVolume,
  PrivilegedAccess,
  type PodContainer,
  type PodOptions,
} from '../../../lib';
import { importedVpc } from '../../support/stack';
import type { Area } from '../area';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:stable');

/** A pod with everything that a pod can have. */
function fullPod(): PodOptions {
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
    privileged: PrivilegedAccess.acknowledged('mounts the disks of the node'),
    allowPrivilegeEscalation: true,
  };
  return {
    containers: [container],
    initContainers: [{ ...container, name: 'first' }],
    kubernetesNamespace: 'research',
    serviceAccount: PodServiceAccount.of('research'),
    labels: { team: 'research' },
    annotations: { team: 'research' },
    imagePullSecrets: ['registry'],
    hostNetwork: false,
    dnsPolicy: batch.DnsPolicy.CLUSTER_FIRST,
    shareProcessNamespace: true,
  };
}

const template = (stack: Stack, launchTemplateName: string): ec2.ILaunchTemplate =>
  ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Template', { launchTemplateName, versionNumber: '3' });

export const onEks: Area = {
  name: 'EKS',
  define: (stack: Stack) => {
    const queue = JobQueue.fromJobQueueAttributes(stack, 'Queue', {
      jobQueueArn: 'arn:aws:batch:us-east-1:111111111111:job-queue/pods',
      platformCapability: PlatformCapability.EKS,
    });
    new EksJob(stack, 'Job', { queue, timeout: Duration.hours(1), ...fullPod() });
    new EksMultiNodeJob(stack, 'Nodes', { queue, nodeGroups: [PodGroup.of(2, fullPod())] });
    const cluster = eks.Cluster.fromClusterAttributes(stack, 'Cluster', {
      clusterName: 'research',
      clusterSecurityGroupId: 'sg-00000000000000001',
    });
    new EksComputeEnvironment(stack, 'Environment', {
      cluster,
      vpc: importedVpc(stack),
      kubernetesNamespace: 'research',
      accessEntry: EksAccessEntryState.ENABLED,
      imageKubernetesVersion: '1.34',
      instances: InstanceSelection.named('c7i', 'm7i'),
      launchTemplateOverrides: [
        { instances: InstanceSelection.named('m7i'), launchTemplate: template(stack, 'large') },
      ],
    });
  },
};
