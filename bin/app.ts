import { App, CfnOutput, Size, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { BatchJob, BatchPipeline, BatchPlatform, JobSize, PipelineStep, PipelineTrigger } from '../lib';

const app = new App();
const stack = new Stack(app, 'BatchPlatform', {
  description: 'AWS Batch platform: network, data, compute, queues, and a first pipeline',
});

const platform = new BatchPlatform(stack, 'Platform');

// Image and command are yours to replace; docs/job-environment.md lists the variables that a job gets.
const inspect = new BatchJob(stack, 'Inspect', {
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22-slim'),
  command: [
    'node',
    '-e',
    'console.log("item", process.env.AWS_BATCH_JOB_ARRAY_INDEX ?? 0, "of", process.env.BATCH_PLATFORM_ITEM_COUNT)',
  ],
  size: JobSize.of(1, Size.gibibytes(2)),
  queue: platform.queue('standard'),
  reads: [platform.bucket],
});

const uploads = new BatchPipeline(stack, 'Uploads', {
  trigger: PipelineTrigger.objectCreated(platform.bucket, { prefix: 'incoming/' }),
  steps: [PipelineStep.array(inspect)],
});

new CfnOutput(stack, 'Bucket', { value: platform.bucket.bucketName });
new CfnOutput(stack, 'StateMachine', { value: uploads.stateMachine.stateMachineArn });

app.synth();
