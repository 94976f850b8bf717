import { Duration, type Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { describe, expect, test } from 'vitest';
import { JobQueue, JobQueueMetrics, PlatformCapability } from '../../lib';
import { PlainQueue } from '../support/queues';
import { newStack, templateOf } from '../support/stack';

const ARN = 'arn:aws:batch:eu-central-1:123456789012:job-queue/nightly';

const imported = (stack: Stack): JobQueue['metrics'] =>
  JobQueue.fromJobQueueAttributes(stack, 'Queue', { jobQueueArn: ARN, platformCapability: PlatformCapability.EC2 })
    .metrics;

describe('the metrics of a job queue', () => {
  test.each<[string, (metrics: JobQueueMetrics) => cloudwatch.Metric, string]>([
    ['JobsSubmitted', (metrics) => metrics.submitted(), 'Sum'],
    ['JobsMovedToSucceeded', (metrics) => metrics.succeeded(), 'Sum'],
    ['JobsMovedToFailed', (metrics) => metrics.failed(), 'Sum'],
    ['JobsRetried', (metrics) => metrics.retried(), 'Sum'],
    ['JobAttemptRunnableToStartingDuration', (metrics) => metrics.runnableToStartingDuration(), 'Average'],
    ['JobAttemptExecutionDuration', (metrics) => metrics.executionDuration(), 'Average'],
    ['JobsCancelled', (metrics) => metrics.metric('JobsCancelled'), 'Average'],
  ])('%s are of this queue', (metricName, metricOf, statistic) => {
    expect(metricOf(imported(newStack()))).toMatchObject({
      namespace: 'AWS/Batch',
      metricName,
      dimensions: { JobQueueName: 'nightly' },
      statistic,
      period: Duration.minutes(5),
    });
  });

  test('take what cloudwatch.Metric takes', () => {
    const metric = imported(newStack()).failed({
      statistic: 'Average',
      period: Duration.minutes(1),
      label: 'Failures',
    });
    expect(metric).toMatchObject({ statistic: 'Average', period: Duration.minutes(1), label: 'Failures' });
  });

  test('are of the Region and account of the queue, whatever the stack that asks', () => {
    const stack = newStack({ env: { account: '999999999999', region: 'us-east-1' } });
    expect(imported(stack).failed()).toMatchObject({ region: 'eu-central-1', account: '123456789012' });
  });

  test('make an alarm on a queue of this stack, by the name that it is given when it is deployed', () => {
    const template = templateOf((stack) => {
      const queue = new PlainQueue(stack, 'Queue', PlatformCapability.EC2);
      JobQueueMetrics.fromJobQueue(queue).failed().createAlarm(stack, 'Alarm', { threshold: 1, evaluationPeriods: 1 });
    });
    const [queueId] = Object.keys(template.findResources('AWS::Batch::JobQueue'));
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Dimensions: [
        {
          Name: 'JobQueueName',
          Value: {
            'Fn::Select': [
              1,
              {
                'Fn::Split': [
                  '/',
                  { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': [queueId, 'JobQueueArn'] }] }] },
                ],
              },
            ],
          },
        },
      ],
    });
  });
});
