import { App, CfnOutput, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  BatchJob,
  BatchPipeline,
  BatchPlatform,
  JobRetry,
  JobSize,
  PipelineStep,
  PipelineTrigger,
} from 'cdk-batch-platform';

const app = new App();
const stack = new Stack(app, 'Flights');
const platform = new BatchPlatform(stack, 'Platform', { removalPolicy: RemovalPolicy.DESTROY });

// On AWS: build examples/flights/Dockerfile, push it, and deploy with `-c image=URI`.
const givenImage: unknown = app.node.tryGetContext('image');
const image = ecs.ContainerImage.fromRegistry(
  typeof givenImage === 'string' ? givenImage : 'public.ecr.aws/docker/library/node:22-slim',
);
const size = JobSize.of(1, Size.gibibytes(1));
const queue = platform.queue('standard');

const delays = new BatchJob(stack, 'Delays', {
  image,
  command: ['node', 'delays.js'],
  environment: { FAIL_ONCE_AT: '42' },
  retry: JobRetry.of({ attempts: 3, exitCode: 75 }),
  reads: [platform.bucket],
  size,
  queue,
});
const merge = new BatchJob(stack, 'Merge', { image, command: ['node', 'merge.js'], size, queue });

const pipeline = new BatchPipeline(stack, 'DelayByHour', {
  trigger: PipelineTrigger.manifestCreated(platform.bucket, { prefix: 'incoming/' }),
  steps: [PipelineStep.array(delays), PipelineStep.collect(merge)],
  removalPolicy: RemovalPolicy.DESTROY,
});

new CfnOutput(stack, 'Bucket', { value: platform.bucket.bucketName });
new CfnOutput(stack, 'StateMachine', { value: pipeline.stateMachine.stateMachineArn });
new CfnOutput(stack, 'Results', { value: pipeline.resultsTable.tableName });
new CfnOutput(stack, 'Topic', { value: pipeline.topic.topicArn });
