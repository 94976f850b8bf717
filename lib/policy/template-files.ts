import { type IPolicyValidationContext, Stack } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Template } from './template/template';

/** A template, and where it is. @internal */
export interface TemplateFile {
  readonly path: string;
  readonly template: Template;
}

/** The templates of stacks, and those of the stacks that are nested in them: the CDK names the former only. @internal */
export function templatesOf({ appConstruct, stackTemplates }: IPolicyValidationContext): TemplateFile[] {
  const nested = appConstruct.node
    .findAll()
    .filter((node) => Stack.isStack(node))
    .filter((stack) => stack.nested);
  return stackTemplates.flatMap(({ stackConstructPath, templatePath }) => {
    const inside = nested.filter((stack) => outermost(stack).node.path === stackConstructPath);
    const paths = inside.map(({ templateFile }) => join(dirname(templatePath), templateFile));
    return [templatePath, ...paths].map((path) => ({ path, template: new Template(readFileSync(path, 'utf8')) }));
  });
}

const outermost = (stack: Stack): Stack =>
  stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
