import type { Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import {
  BatchJob,
  BatchPipeline,
  type BatchPipelineProps,
  DataBucket,
  DataKey,
  PipelineStep,
  PipelineTrigger,
  PlatformCapability,
} from '../../lib';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';

/** A stack with what a pipeline needs. */
export interface PipelineStack {
  readonly stack: Stack;
  readonly bucket: DataBucket;
  readonly work: BatchJob;
  readonly merge: BatchJob;
  /** Defines the pipeline `Flights`: an array of `work`, then `merge`, for each manifest below `incoming/`. */
  readonly pipeline: (props?: Partial<BatchPipelineProps>) => BatchPipeline;
}

export function pipelineStack(stack = newStack()): PipelineStack {
  const bucket = new DataBucket(stack, 'Data', { encryptionKey: new DataKey(stack, 'Key') });
  const queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2, bucket.encryptionKey);
  const image = ecs.ContainerImage.fromRegistry('busybox');
  const work = new BatchJob(stack, 'Work', { image, queue });
  const merge = new BatchJob(stack, 'Merge', { image, queue });
  return {
    stack,
    bucket,
    work,
    merge,
    pipeline: (props) =>
      new BatchPipeline(stack, 'Flights', {
        trigger: PipelineTrigger.manifestCreated(bucket, { prefix: 'incoming/' }),
        steps: [PipelineStep.array(work), PipelineStep.collect(merge)],
        ...props,
      }),
  };
}
