import { CfnParameter, Size, type Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as batch from 'aws-cdk-lib/aws-batch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  EksMultiNodeJob,
  type EksMultiNodeJobProps,
  type IPodServiceAccount,
  JobDefinitionKind,
  JobSize,
  PlatformCapability,
  PodGroup,
  type PodOptions,
  PodServiceAccount,
} from '../../../lib';
import { PlainQueue } from '../../support/queues';
import { newStack } from '../../support/stack';

const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/python:3.13-slim');
const pod: PodOptions = { containers: [{ image, size: JobSize.of(4, Size.gibibytes(8)) }] };
let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

const job = (props: Partial<EksMultiNodeJobProps> = {}): EksMultiNodeJob => {
  const queue = new PlainQueue(stack, 'Queue', PlatformCapability.EKS);
  return new EksMultiNodeJob(stack, 'Job', { queue, nodeGroups: [PodGroup.of(4, pod)], ...props });
};
const hasNodes = (properties: Record<string, unknown>): void => {
  Template.fromStack(stack).hasResourceProperties('AWS::Batch::JobDefinition', {
    Type: 'multinode',
    PlatformCapabilities: Match.absent(),
    PropagateTags: Match.absent(),
    NodeProperties: Match.objectLike(properties),
  });
};

describe('a job on several nodes of Amazon EKS', () => {
  test('runs the same pod on all of them', () => {
    job();
    hasNodes({
      NumNodes: 4,
      MainNode: 0,
      NodeRangeProperties: [
        {
          TargetNodes: '0:',
          EksProperties: {
            PodProperties: {
              HostNetwork: false,
              Containers: [
                Match.objectLike({ Resources: Match.objectLike({ Limits: { cpu: '4', memory: '8192Mi' } }) }),
              ],
            },
          },
        },
      ],
    });
  });

  test('may have groups, each with metadata, counted resources and one instance type', () => {
    const resource = new batch.ConsumableResource(stack, 'Licences', { totalQuantity: 10 });
    const labelled = (role: string): PodOptions => ({ ...pod, labels: { role }, kubernetesNamespace: 'mpi' });
    job({
      nodeGroups: [
        PodGroup.of(1, labelled('launcher'), { consumableResources: [{ resource, quantity: 1 }] }),
        PodGroup.of(3, labelled('worker')),
      ],
      mainNode: 3,
      instanceType: new ec2.InstanceType('c7i.2xlarge'),
    });
    hasNodes({
      NumNodes: 4,
      MainNode: 3,
      NodeRangeProperties: [
        {
          TargetNodes: '0:0',
          InstanceTypes: ['c7i.2xlarge'],
          ConsumableResourceProperties: { ConsumableResourceList: [Match.objectLike({ Quantity: 1 })] },
          EksProperties: {
            PodProperties: Match.objectLike({ Metadata: { Namespace: 'mpi', Labels: { role: 'launcher' } } }),
          },
        },
        {
          TargetNodes: '1:',
          InstanceTypes: ['c7i.2xlarge'],
          EksProperties: {
            PodProperties: Match.objectLike({ Metadata: { Namespace: 'mpi', Labels: { role: 'worker' } } }),
          },
        },
      ],
    });
  });

  test('takes as many nodes at once as its groups have', () => {
    const { demands = [], kind } = job({ nodeGroups: [PodGroup.of(1, pod), PodGroup.of(3, pod)] });
    expect(demands.map(({ nodes, vcpus, memory }) => [nodes, vcpus, memory.toGibibytes()])).toEqual([
      [1, 4, 8],
      [3, 4, 8],
    ]);
    expect(kind).toBe(JobDefinitionKind.MULTI_NODE);
  });

  test('takes what is known at deploy time only, when a part of it is', () => {
    const size = JobSize.of(Token.asNumber({ Ref: 'Number' }), Size.gibibytes(1));
    const { demands } = job({ nodeGroups: [PodGroup.of(1, pod), PodGroup.of(1, { containers: [{ image, size }] })] });
    expect(demands).toBeUndefined();
  });

  test('may have a number of nodes that is known at deploy time only', () => {
    job({ nodeGroups: [PodGroup.of(new CfnParameter(stack, 'Count', { type: 'Number' }).valueAsNumber, pod)] });
    hasNodes({ NumNodes: { Ref: 'Count' } });
  });

  test('refuses a queue whose jobs are no pods (fit-platform)', () => {
    const queue = new PlainQueue(stack, 'Ec2', PlatformCapability.EC2);
    expect(() => job({ queue })).toThrow('[cdk-batch-platform:fit-platform]');
  });

  test.each([-1, 4, 0.5])('refuses main node %d of 4 (job-main-node)', (mainNode) => {
    expect(() => job({ mainNode })).toThrow('[cdk-batch-platform:job-main-node]');
  });

  test('refuses to have no nodes (job-node-groups)', () => {
    expect(() => job({ nodeGroups: [] })).toThrow('[cdk-batch-platform:job-node-groups]');
  });
});

describe('what is granted to the job', () => {
  const account = (id: string): IPodServiceAccount => {
    const role = new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });
    return PodServiceAccount.of('worker', { role });
  };

  test('is granted to the role that its pods have in common', () => {
    const serviceAccount = account('Role');
    const group = PodGroup.of(1, { ...pod, serviceAccount });
    expect(job({ nodeGroups: [group, group] }).grantPrincipal).toBe(serviceAccount.role);
  });

  test('refuses pods that act as different roles (job-eks-service-account)', () => {
    const groups = ['One', 'Other'].map((id) => PodGroup.of(1, { ...pod, serviceAccount: account(id) }));
    expect(() => job({ nodeGroups: groups })).toThrow('[cdk-batch-platform:job-eks-service-account]');
  });
});
