import { type Stack, Validations } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  BatchPipeline,
  type BatchPlatform,
  JobPipe,
  PipelineStep,
  PipelineTrigger,
  SubmissionGateway,
  SubmitJobRuleTarget,
  SubmitJobScheduleTarget,
  SubmitJobTask,
} from 'cdk-batch-platform';
import type { IConstruct } from 'constructs';
import type { Jobs } from './jobs';

/** Each way to submit a job. */
export function defineSubmissions(stack: Stack, platform: BatchPlatform, { align, resize, weather }: Jobs): void {
  new BatchPipeline(stack, 'Images', {
    trigger: PipelineTrigger.manifestCreated(platform.bucket, { prefix: 'images/' }),
    steps: [PipelineStep.array(resize)],
  });

  const alignTask = new SubmitJobTask(stack, 'Align sample', {
    job: align,
    parameters: { sample: '{% $states.input.sample %}' },
  });
  const weatherTask = new SubmitJobTask(stack, 'Compute weather', { job: weather });
  const { encryptionKey } = platform;
  const flow = new sfn.StateMachine(stack, 'Flow', {
    definitionBody: sfn.DefinitionBody.fromChainable(alignTask.next(weatherTask)),
    logs: { destination: new logs.LogGroup(stack, 'FlowLogs', { encryptionKey }), level: sfn.LogLevel.ALL },
    tracingEnabled: true,
  });
  // What scanners find in parts that are not of the library is acknowledged by the app itself.
  acknowledge(
    flow.role,
    'the policy names what this one state machine needs, and comes and goes with it',
    ...['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-IAMNoInlinePolicy`),
  );

  new events.Rule(stack, 'Uploaded', {
    eventPattern: { source: ['shop'], detailType: ['Picture uploaded'] },
    targets: [new SubmitJobRuleTarget(resize, { parameters: { key: events.EventField.fromPath('$.detail.key') } })],
  });
  new scheduler.Schedule(stack, 'Nightly', {
    schedule: scheduler.ScheduleExpression.cron({ hour: '2', minute: '30' }),
    target: new SubmitJobScheduleTarget(resize, {}),
  });
  const lost = new sqs.Queue(stack, 'LostOrders', { enforceSSL: true });
  acknowledge(lost, 'this is the dead-letter queue itself', 'Serverless-SQSRedrivePolicy');
  const orders = new sqs.Queue(stack, 'Orders', {
    enforceSSL: true,
    deadLetterQueue: { queue: lost, maxReceiveCount: 3 },
  });
  new JobPipe(stack, 'ByOrder', { job: resize, source: orders, parameters: { key: '$.body.key' } });

  const gateway = new SubmissionGateway(stack, 'Gateway', {
    bucket: platform.bucket,
    sources: [{ bucket: platform.bucket, prefix: 'items/' }],
    queues: { shared: align.queue, serverless: resize.queue },
  });
  gateway.addJob('align', align);
  gateway.addJob('resize', resize);
}

function acknowledge(scope: IConstruct, reason: string, ...ids: string[]): void {
  Validations.of(scope).acknowledge(...ids.map((id) => ({ id, reason })));
}
