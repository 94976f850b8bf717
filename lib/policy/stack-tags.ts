import { type IPolicyValidationContext, type PolicyViolation, Stack } from 'aws-cdk-lib';
import { Template } from './template/template';
import { readFileSync } from 'node:fs';
import { describe } from './violations';

const RULE = {
  check: 'compute-stack-tags',
  fix: 'tag by Tags.of(), with the feature flag @aws-cdk/core:explicitStackTags, or keep these tags as they are',
} as const;

/** What CloudFormation replaces when a tag of it changes. */
const REPLACED = ['ComputeEnvironment', 'JobQueue', 'SchedulingPolicy', 'JobDefinition'];

/** Tags of stacks that hold resources of AWS Batch: they are no part of a template, so the app is asked. @internal */
export function stackTagViolations({ appConstruct, stackTemplates }: IPolicyValidationContext): PolicyViolation[] {
  const tags = new Map(
    appConstruct.node
      .findAll()
      .filter((node) => Stack.isStack(node))
      .map((stack) => [stack.node.path, Object.keys(stack.tags.tagValues())] as const),
  );
  return stackTemplates.flatMap(({ stackConstructPath, templatePath }) => {
    const names = tags.get(stackConstructPath) ?? [];
    if (names.length === 0 || !holdsBatch(templatePath)) return [];
    const message = `the stack has the tags ${names.join(', ')}`;
    const violatingResources = [{ constructPath: stackConstructPath, templatePath, locations: [] }];
    return [{ ...describe(RULE, message), violatingResources }];
  });
}

function holdsBatch(templatePath: string): boolean {
  const template = new Template(readFileSync(templatePath, 'utf8'));
  return REPLACED.some((type) => template.ofType(`AWS::Batch::${type}`).length > 0);
}
