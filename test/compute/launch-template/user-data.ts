import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Ec2ComputeEnvironmentProps } from '../../../lib';
import { newStack } from '../../support/stack';
import { isRecord, resourcesOf } from '../../support/template';
import { environment } from '../compute-environment';

/** What instances get as user data, with values of the deployment as `<value>`. */
export function userDataOf(props: (stack: Stack) => Partial<Ec2ComputeEnvironmentProps>, defined?: Stack): string {
  const stack = defined ?? newStack();
  if (defined === undefined) environment(stack, props(stack));
  for (const { Type, Properties } of resourcesOf(Template.fromStack(stack).toJSON()).values()) {
    if (Type !== 'AWS::EC2::LaunchTemplate' || !isRecord(Properties.LaunchTemplateData)) continue;
    const { UserData } = Properties.LaunchTemplateData;
    return isRecord(UserData) ? textOf(UserData['Fn::Base64']) : '';
  }
  throw new Error('there is no launch template');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (!isRecord(value)) return '';
  if ('Fn::Base64' in value) return textOf(value['Fn::Base64']);
  const join = value['Fn::Join'];
  return Array.isArray(join) ? textOf(join[1]) : '<value>';
}
