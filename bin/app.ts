import { App, CfnOutput, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { BatchJob, BatchPipeline, BatchPlatform, JobSize, PipelineStep, PipelineTrigger } from '../lib';

const app = new App();

// One platform for each stage; give each stack an `env` to have them in accounts of their own.
const stages = [
  { platformName: 'dev', maxvCpus: 16, removalPolicy: RemovalPolicy.DESTROY },
  { platformName: 'prod', maxvCpus: 256, removalPolicy: RemovalPolicy.RETAIN },
];

for (const stage of stages) {
  const stack = new Stack(app, `BatchPlatform-${stage.platformName}`, {
    description: 'AWS Batch platform: network, data, compute, queues, a first job and pipeline',
  });
  const platform = new BatchPlatform(stack, 'Platform', { ...stage, itemPrefixes: ['items/'] });

  // Image and command are yours to replace; docs/job-environment.md lists the variables that a job gets.
  const inspect = new BatchJob(stack, 'Inspect', {
    image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22-slim'),
    command: ['node', '-e', 'console.log("item", process.env.AWS_BATCH_JOB_ARRAY_INDEX ?? 0)'],
    size: JobSize.of(1, Size.gibibytes(2)),
    queue: platform.queue('standard'),
    reads: [platform.bucket],
  });
  platform.addJob('inspect', inspect);

  const uploads = new BatchPipeline(stack, 'Uploads', {
    trigger: PipelineTrigger.objectCreated(platform.bucket, { prefix: 'incoming/' }),
    steps: [PipelineStep.array(inspect)],
    removalPolicy: stage.removalPolicy,
  });

  new CfnOutput(stack, 'Bucket', { value: platform.bucket.bucketName });
  new CfnOutput(stack, 'StateMachine', { value: uploads.stateMachine.stateMachineArn });
}

app.synth();
