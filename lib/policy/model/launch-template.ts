import type { Template, Value } from '../template/template';
import { type ComputeEnvironment, computeEnvironmentsOf } from './compute-environment';

/** A launch template, as a compute environment of a template refers to it. @internal */
export interface LaunchTemplateUse {
  readonly environment: ComputeEnvironment;
  readonly specification: Value;
  /** What it says, if it is of the same template. */
  readonly data?: Value;
}

/** The launch templates of one compute environment, those of its overrides included. @internal */
export function launchTemplatesOf(environment: ComputeEnvironment): LaunchTemplateUse[] {
  const { resources, hasInstances } = environment;
  if (!hasInstances) return [];
  const own = resources.at('LaunchTemplate');
  const specifications = own.isAbsent ? [] : [own, ...(own.at('Overrides').items ?? [])];
  return specifications.map((specification) => {
    const id = specification.at('LaunchTemplateId');
    const template = (id.isAbsent ? specification.at('LaunchTemplateName') : id).target;
    const data =
      template?.type === 'AWS::EC2::LaunchTemplate' ? template.properties.at('LaunchTemplateData') : undefined;
    return { environment, specification, data };
  });
}

/** The launch templates of all compute environments. @internal */
export const usedLaunchTemplates = (template: Template): LaunchTemplateUse[] =>
  computeEnvironmentsOf(template).flatMap(launchTemplatesOf);
