import { Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { violation, warn } from '../../private/check';
import { isMime, isPinned } from '../../contracts/rules/compute';

/** How AWS Batch refers to a launch template: by id or by name, and by version. @internal */
export interface LaunchTemplateReference {
  readonly launchTemplateId?: string;
  readonly launchTemplateName?: string;
  readonly version: string;
}

/**
 * Refers to a launch template of the user; says when changes of it would pass unseen, or when AWS Batch would refuse it.
 * @internal
 */
export function referTo(scope: IConstruct, template: ec2.ILaunchTemplate): LaunchTemplateReference {
  const { launchTemplateId, launchTemplateName, versionNumber } = template;
  if (!Token.isUnresolved(versionNumber) && !isPinned(versionNumber)) {
    warn(
      scope,
      `launch template ${template.node.path} has version ${versionNumber}, and changes of it pass unseen: import it ` +
        "with a 'versionNumber'",
      'compute-launch-template-version',
    );
  }
  // At the end: user data may be added to after the compute environment is defined.
  scope.node.addValidation({ validate: () => problemsOf(scope, template) });
  const version = versionNumber;
  return launchTemplateId === undefined ? { launchTemplateName, version } : { launchTemplateId, version };
}

function problemsOf(scope: IConstruct, template: ec2.ILaunchTemplate): string[] {
  const text = hasUserData(template) ? template.userData?.render() : undefined;
  if (text === undefined || isMime(text)) return [];
  const what = `the user data of launch template ${template.node.path} must be MIME multipart`;
  return [violation(scope, `${what}: use ec2.MultipartUserData`, 'compute-user-data')];
}

/** Launch templates that are defined in this app know their user data. */
function hasUserData(template: ec2.ILaunchTemplate): template is ec2.LaunchTemplate {
  return 'userData' in template;
}
