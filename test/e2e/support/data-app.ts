import { type App, CfnOutput, CfnResource, Duration, RemovalPolicy, Size, Stack, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { BatchJob, BatchPlatform, JobSize } from 'cdk-batch-platform';

export interface DataWishes {
  /** How long a received message is hidden. */
  readonly seconds?: number;
  /** Adds a resource that cannot be made, after all others. */
  readonly breaks?: boolean;
  /** What the function answers. */
  readonly answer?: string;
}

/** A platform with things that hold data: a bucket, a table, a queue, a job queue. */
export const dataApp =
  ({ seconds = 30, breaks = false, answer = 'first' }: DataWishes = {}) =>
  (app: App): Stack => {
    const stack = new Stack(app, 'Data');
    const platform = new BatchPlatform(stack, 'Platform', { removalPolicy: RemovalPolicy.DESTROY });
    const queue = platform.queue('standard');
    const job = new BatchJob(stack, 'Long', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/busybox:stable'),
      command: ['sleep', '600'],
      size: JobSize.of(1, Size.gibibytes(1)),
      queue,
    });
    const table = new dynamodb.Table(stack, 'Records', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const messages = new sqs.Queue(stack, 'Letters', { visibilityTimeout: Duration.seconds(seconds) });
    const greeter = new lambda.Function(stack, 'Greeter', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline(`exports.handler = async () => ${JSON.stringify(answer)};`),
    });
    if (breaks) {
      const broken = new CfnResource(stack, 'Broken', { type: 'AWS::SQS::Queue', properties: { DelaySeconds: 5000 } });
      Validations.of(broken).acknowledge({ id: 'CloudFormation-Validate::F3034', reason: 'it is meant to fail' });
      broken.node.addDependency(messages, table, greeter);
    }
    const outputs = {
      Bucket: platform.bucket.bucketName,
      Table: table.tableName,
      Messages: messages.queueUrl,
      JobQueue: queue.jobQueueArn,
      JobDefinition: job.jobDefinitionArn,
      Function: greeter.functionName,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
    return stack;
  };
