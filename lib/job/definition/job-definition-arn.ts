import { Fn, Stack, Token } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';

/** Name of a job definition, without revision, from its ARN; deploy-time ARNs are taken apart by CloudFormation. @internal */
export function jobDefinitionNameOf(jobDefinition: batch.IJobDefinitionRef): string {
  const arn = jobDefinition.jobDefinitionRef.jobDefinitionArn;
  const known = knownName(arn);
  return Fn.select(0, Fn.split(':', known ?? Fn.select(1, Fn.split('/', arn))));
}

/**
 * ARNs that stand for any revision of a job definition: IAM compares the first one with a submission by name, the second
 * one with a submission by name and revision
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html).
 * @internal
 */
export function anyRevisionArns(jobDefinition: batch.IJobDefinitionRef): string[] {
  const arn = jobDefinition.jobDefinitionRef.jobDefinitionArn;
  const name = jobDefinitionNameOf(jobDefinition);
  const known = knownName(arn);
  const byName =
    known === undefined
      ? Stack.of(jobDefinition).formatArn({ service: 'batch', resource: 'job-definition', resourceName: name })
      : arn.slice(0, -known.length) + name;
  return [byName, `${byName}:*`];
}

/** Name and revision in an ARN, unless they are known only at deploy time. */
function knownName(arn: string): string | undefined {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  return Token.isUnresolved(name) ? undefined : name;
}

/** ARN of all jobs: AWS Batch makes up their ids when they are submitted. @internal */
export function anyJobArn(scope: IConstruct): string {
  return Stack.of(scope).formatArn({
    service: 'batch',
    resource: 'job',
    resourceName: '*',
  });
}
