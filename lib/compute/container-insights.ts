/**
 * Metrics of the ECS cluster behind a compute environment, in the namespace `ECS/ContainerInsights`.
 *
 * They are billed as custom metrics (https://aws.amazon.com/cloudwatch/pricing/).
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/cloudwatch-container-insights.html
 */
export enum ContainerInsights {
  /** No metrics, no cost. */
  DISABLED = 'DISABLED',
  /** CPU, memory, disk and network of the compute environment. */
  ENABLED = 'ENABLED',
  /** The same, and those of each task. */
  ENHANCED = 'ENHANCED',
}

/** What compute environments on Amazon ECS have in common, whatever their capacity. */
export interface EcsSettingsProps {
  /**
   * Metrics of the ECS cluster behind the compute environment. Changed in place.
   *
   * @default ContainerInsights.DISABLED
   */
  readonly containerInsights?: ContainerInsights;
}
