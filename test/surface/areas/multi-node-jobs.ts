import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { MultiNodeJob, NodeGroup, PlatformCapability } from '../../../lib';
import type { Area } from '../area';
import { inTask, onInstances, portableContainer, queueOn } from './containers';

export const multiNodeJobs: Area = {
  name: 'multi-node jobs on ECS',
  define: (stack) => {
    const container = onInstances(stack, portableContainer(stack));
    const queue = queueOn(stack, PlatformCapability.EC2);
    const resource = batch.ConsumableResource.fromConsumableResourceArn(
      stack,
      'Seats',
      'arn:aws:batch:us-east-1:111111111111:consumable-resource/seats',
    );
    new MultiNodeJob(stack, 'Nodes', {
      queue,
      nodeGroups: [NodeGroup.of(4, container, { consumableResources: [{ resource, quantity: 1 }] })],
      mainNode: 0,
      instanceType: new ec2.InstanceType('p4d.24xlarge'),
      enableExecuteCommand: true,
    });
    new MultiNodeJob(stack, 'Tasks', {
      queue,
      nodeGroups: [
        NodeGroup.ofContainers(2, inTask(container), { pidMode: ecs.PidMode.HOST, ipcMode: ecs.IpcMode.HOST }),
      ],
      enableExecuteCommand: true,
    });
  },
};
