import { dirname } from 'node:path';
import { credentialVariables, homeVariables, hostVariables } from '../core/process-environment';
import type { World } from '../core/world';
import type { LambdaFunction } from './function';

/** The variables of a process: a few of this machine, those of the function, and those that Lambda sets. */
export const functionEnvironment = (world: World, fn: LambdaFunction, logStream: string): Record<string, string> => {
  const { configuration, code } = fn;
  return {
    ...hostVariables(),
    ...homeVariables(dirname(code.directory)),
    TZ: 'UTC',
    ...configuration.variables,
    ...{ AWS_ENDPOINT_URL: world.url, AWS_REGION: world.region, AWS_DEFAULT_REGION: world.region },
    ...credentialVariables(world, configuration.role),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: code.directory,
    _HANDLER: configuration.handler,
  };
};
