import { DefaultStackSynthesizer } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '../../../local/endpoint';
import {
  BatchJob,
  BatchNetwork,
  FargateComputeEnvironment,
  IsolatedBatchNetwork,
  JobQueue,
  PublicBatchNetwork,
} from '../../../lib';
import { startOwn, targetOf } from '../../conformance/kit/endpoints';
import { stackOf } from '../../conformance/kit/stacks';
import { createTarget } from '../../conformance/kit/target';
import { newStack } from '../../support/stack';

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startOwn();
});
afterAll(() => endpoint.close());

test.each([
  ['one NAT gateway', BatchNetwork],
  ['no way out', IsolatedBatchNetwork],
  ['public subnets', PublicBatchNetwork],
])('a network with %s is deployed, and deleted, with a queue and a job in it', async (_, Network) => {
  const { target } = createTarget(targetOf(endpoint));
  const stack = newStack({ synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
  const { vpc } = new Network(stack, 'Network');
  const compute = new FargateComputeEnvironment(stack, 'Compute', { vpc });
  const queue = new JobQueue(stack, 'Queue', { computeEnvironments: [compute] });
  new BatchJob(stack, 'Job', { queue, image: ecs.ContainerImage.fromRegistry('busybox') });

  const deployed = stackOf(target);
  const { StackStatus } = await deployed.deploy(Template.fromStack(stack).toJSON(), {
    Capabilities: ['CAPABILITY_IAM'],
  });
  expect(StackStatus, await deployed.reasons()).toBe('CREATE_COMPLETE');
  expect((await deployed.remove()).StackStatus).toBe('DELETE_COMPLETE');
});
