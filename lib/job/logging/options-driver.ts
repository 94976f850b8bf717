import { Token } from 'aws-cdk-lib';
import { PlatformCapability } from '../../compute/compute-environment';
import { LOG_DRIVERS_ON_FARGATE as ON_FARGATE } from '../../contracts/rules/container';
import { fail } from '../../private/check';
import type { LogDriverOptions } from './job-logging';
import type { LogDriver } from './log-driver';

/** Any driver that is told all by options. @internal */
export function optionsDriver(name: string, { options, secretOptions = {} }: LogDriverOptions): LogDriver {
  return {
    name,
    render({ scope, platform, executionRole }) {
      if (platform === PlatformCapability.FARGATE && !Token.isUnresolved(name) && !ON_FARGATE.includes(name)) {
        throw fail(
          scope,
          `the log driver must be one of ${ON_FARGATE.join(', ')} on Fargate, got ${JSON.stringify(name)}`,
          'job-log-driver',
        );
      }
      const secrets = Object.entries(secretOptions);
      for (const [, secret] of secrets) secret.grantRead(executionRole);
      return {
        logDriver: name,
        options,
        secretOptions:
          secrets.length === 0 ? undefined : secrets.map(([key, { arn }]) => ({ name: key, valueFrom: arn })),
      };
    },
  };
}
