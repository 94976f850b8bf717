import { App, CfnOutput, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { BatchJob, BatchPlatform, JobSize, SubmissionGateway } from 'cdk-batch-platform';

// Jobs that people and other functions submit when they need them: one frame each, in a quality that the request names.
const app = new App();
const stack = new Stack(app, 'Render');
const platform = new BatchPlatform(stack, 'Platform', { removalPolicy: RemovalPolicy.DESTROY });

const frames = new BatchJob(stack, 'Frames', {
  image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/node:22-slim'),
  command: [
    'node',
    '-e',
    'console.log("frame", process.env.AWS_BATCH_JOB_ARRAY_INDEX ?? 0, "in quality", process.argv[1])',
    'Ref::quality',
  ],
  parameters: { quality: 'draft' },
  size: JobSize.of(1, Size.gibibytes(1)),
  queue: platform.queue('bulk'),
});

const gateway = new SubmissionGateway(stack, 'Gateway', {
  bucket: platform.bucket,
  sources: [{ bucket: platform.bucket, prefix: 'items/' }],
  queues: { bulk: platform.queue('bulk'), urgent: platform.queue('urgent') },
});
gateway.addJob('frames', frames);

new CfnOutput(stack, 'Function', { value: gateway.submitFunction.functionName });
new CfnOutput(stack, 'LogGroup', { value: frames.logGroup.logGroupName });
