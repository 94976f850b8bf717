import { ArnFormat, Stack } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What AWS Batch tells CloudWatch of a job queue: free of charge, as well as it can. A job that passes a state in a moment
 * may be missing in its count, so an alarm should take missing data for good (`TreatMissingData.NOT_BREACHING`).
 *
 * Counts are of what happened in a period, not of how many jobs there are. Of an array job the children are counted, not
 * the parent, and of a multi-node parallel job the parent, not its nodes. Durations are in milliseconds.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/using_cloudwatch_metrics.html
 */
export class JobQueueMetrics {
  /** Metrics of any job queue, defined by any library or imported. */
  public static fromJobQueue(queue: batch.IJobQueueRef): JobQueueMetrics {
    return new JobQueueMetrics(queue);
  }

  private constructor(private readonly queue: batch.IJobQueueRef) {}

  /**
   * A metric of this queue, by the name that AWS Batch gives it.
   *
   * @default - the average over 5 minutes
   */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    const { jobQueueRef, env } = this.queue;
    const { resourceName = '' } = Stack.of(this.queue).splitArn(jobQueueRef.jobQueueArn, ArnFormat.SLASH_RESOURCE_NAME);
    return new cloudwatch.Metric({
      namespace: 'AWS/Batch',
      metricName,
      dimensionsMap: { JobQueueName: resourceName },
      region: env.region,
      account: env.account,
      ...options,
    });
  }

  /**
   * Jobs that were submitted; an array job counts as many as it has children.
   *
   * @default - the sum over 5 minutes
   */
  public submitted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('JobsSubmitted', options);
  }

  /**
   * Jobs that succeeded.
   *
   * @default - the sum over 5 minutes
   */
  public succeeded(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('JobsMovedToSucceeded', options);
  }

  /**
   * Jobs that failed, after their last attempt.
   *
   * @default - the sum over 5 minutes
   */
  public failed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('JobsMovedToFailed', options);
  }

  /**
   * Jobs that were tried again after an attempt that failed, as when a Spot Instance is reclaimed.
   *
   * @default - the sum over 5 minutes
   */
  public retried(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('JobsRetried', options);
  }

  /**
   * How long a job that could run waited for compute, for each of its attempts.
   *
   * @default - the average over 5 minutes
   */
  public runnableToStartingDuration(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('JobAttemptRunnableToStartingDuration', options);
  }

  /**
   * How long the command of a job ran, for each of its attempts.
   *
   * @default - the average over 5 minutes
   */
  public executionDuration(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('JobAttemptExecutionDuration', options);
  }

  private sum(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(metricName, { statistic: cloudwatch.Stats.SUM, ...options });
  }
}
