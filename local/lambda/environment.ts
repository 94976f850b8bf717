import { dirname } from 'node:path';
import type { World } from '../core/world';
import type { LambdaFunction } from './function';

const FROM_HOST = /^(?:PATH|LANG|LC_.*|SystemRoot)$/i;

const hostVariables = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      FROM_HOST.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );

/** The variables of a process: a few of this machine, those of the function, and those that Lambda sets. */
export const functionEnvironment = (world: World, fn: LambdaFunction, logStream: string): Record<string, string> => {
  const { configuration, code } = fn;
  const { accessKeyId, secretAccessKey, sessionToken } = world.credentials.issue({ arn: configuration.role });
  const scratch = dirname(code.directory);
  return {
    ...hostVariables(),
    ...{ HOME: scratch, TMPDIR: scratch, TZ: 'UTC' },
    ...configuration.variables,
    ...{ AWS_ENDPOINT_URL: world.url, AWS_REGION: world.region, AWS_DEFAULT_REGION: world.region },
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
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
