import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { BatchJob, BatchPlatform } from 'cdk-batch-platform';

// As many jobs in as many stacks as the command line says, all on the queues of one platform.
const [stacks = 0, jobs = 0] = process.argv.slice(2).map(Number);
const app = new App({ context: flags });
const env = { account: '111111111111', region: 'eu-west-1' };
const home = new Stack(app, 'Home', { env });
const vpc = new ec2.Vpc(home, 'Vpc', { restrictDefaultSecurityGroup: false });
const platform = new BatchPlatform(home, 'Platform', { vpc });
const image = ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:stable');

for (let index = 0; index < stacks; index += 1) {
  const stack = new Stack(app, `Team${index}`, { env });
  for (let job = 0; job < jobs / stacks; job += 1) {
    new BatchJob(stack, `Job${job}`, { image, queue: platform.queue('standard'), command: ['true'] });
  }
}
app.synth();
