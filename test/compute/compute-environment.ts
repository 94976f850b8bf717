import type { Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Ec2ComputeEnvironment, type Ec2ComputeEnvironmentProps } from '../../lib';
import { importedVpc, templateOf } from '../support/stack';

/** A compute environment on EC2 that has what it needs, and what a test adds. */
export const environment = (stack: Stack, props: Partial<Ec2ComputeEnvironmentProps> = {}): Ec2ComputeEnvironment =>
  new Ec2ComputeEnvironment(stack, 'Environment', { vpc: importedVpc(stack), ...props });

/** Its template. */
export const environmentTemplate = (props: (stack: Stack) => Partial<Ec2ComputeEnvironmentProps>): Template =>
  templateOf((stack) => environment(stack, props(stack)));

export const hasComputeResources = (template: Template, resources: object): void => {
  template.hasResourceProperties('AWS::Batch::ComputeEnvironment', { ComputeResources: Match.objectLike(resources) });
};

export const hasLaunchTemplate = (template: Template, data: object): void => {
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: Match.objectLike(data) });
};
