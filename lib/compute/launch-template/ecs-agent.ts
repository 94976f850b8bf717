import type { EcsAgentSettings } from './ecs-agent-settings';

/** Keeps containers with a network interface of their own from the metadata of the instance. @internal */
export const BLOCK_INSTANCE_METADATA = 'ECS_AWSVPC_BLOCK_IMDS';

/** Settings of the ECS agent as the variables that it reads. @internal */
export function ecsVariables(settings: EcsAgentSettings): Record<string, string> {
  const { imagePullBehavior, containerStopTimeout, spotInstanceDraining, blockInstanceMetadata } = settings;
  return {
    ...(imagePullBehavior !== undefined && { ECS_IMAGE_PULL_BEHAVIOR: imagePullBehavior }),
    ...(containerStopTimeout !== undefined && {
      ECS_CONTAINER_STOP_TIMEOUT: `${containerStopTimeout.toSeconds()}s`,
    }),
    ...(spotInstanceDraining !== undefined && { ECS_ENABLE_SPOT_INSTANCE_DRAINING: String(spotInstanceDraining) }),
    ...(blockInstanceMetadata !== undefined && { [BLOCK_INSTANCE_METADATA]: String(blockInstanceMetadata) }),
    ...settings.variables,
  };
}

/** What the agent is told unless the user says otherwise. @internal */
export const defaultVariables = (spot: boolean): Record<string, string> =>
  ecsVariables({ blockInstanceMetadata: true, ...(spot && { spotInstanceDraining: true }) });
