import { Fn, Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Name of the log group of a state machine's executions.
 *
 * The only physical name of this library. Step Functions adds each log group to one resource policy of the Region, and
 * after some dozens of them "CloudWatch Logs Resource Policy size was exceeded" fails the deployment; those with this
 * prefix share one entry (https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html). The id of the stack in it
 * lets the same app be deployed any number of times.
 * @internal
 */
export function executionLogName(scope: Construct): string {
  const path = Names.uniqueResourceName(scope, { maxLength: 120, separator: '-' });
  const stackId = Fn.select(2, Fn.split('/', Stack.of(scope).stackId));
  return `/aws/vendedlogs/states/${path}-${stackId}`;
}
