import { Resource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import { fail } from '../private/check';

/** Rejects a job that another stack defines: it needs the queue of the platform, whose gateway would need the job. @internal */
export function checkSameStack(platform: IConstruct, name: string, job: IBatchJob): void {
  const stack = deployedWith(job);
  if (!Resource.isOwnedResource(job) || stack === deployedWith(platform)) return;
  throw fail(
    platform,
    `the job '${name}' is defined in the stack ${stack.node.path}, and each stack would need the other first: define it in ` +
      `the stack of the platform, or give your stack a SubmissionGateway of its own`,
  );
}

/** The stack that is deployed, with those that are nested in it. */
function deployedWith(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent === undefined ? stack : deployedWith(stack.nestedStackParent);
}
