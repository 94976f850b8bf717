import type { Construct } from 'constructs';
import { fail } from '../../private/check';
import type { InstanceComputeEnvironmentProps } from '../instance-compute-environment-props';
import type { InstanceSelection } from '../instances/instance-selection';
import { launchTemplate, type LaunchTemplateSettings } from './launch-template';
import { type OverrideReference, overridesOf } from './launch-template-overrides';
import { type LaunchTemplateReference, referTo } from './own-launch-template';

/** What instances start from, as AWS Batch takes it. @internal */
export interface LaunchTemplateChoice extends LaunchTemplateReference {
  readonly overrides?: OverrideReference[];
}

/** What instances start from: the launch template of the user, or one that is defined here, pinned by version. @internal */
export function launchTemplateOf(
  scope: Construct,
  props: InstanceComputeEnvironmentProps,
  instances: InstanceSelection,
  settings: () => Pick<LaunchTemplateSettings, 'userData' | 'networkInterfaces'>,
): LaunchTemplateChoice {
  const overrides = overridesOf(scope, instances, props.launchTemplateOverrides);
  if (props.launchTemplate !== undefined) {
    const { rootVolumeSize, rootVolumeIops, rootVolumeThroughput, rootVolumeKey, detailedMonitoring } = props;
    refuseBesideOwn(scope, { rootVolumeSize, rootVolumeIops, rootVolumeThroughput, rootVolumeKey, detailedMonitoring });
    return { ...referTo(scope, props.launchTemplate), overrides };
  }
  const { detailedMonitoring } = props;
  const template = launchTemplate(scope, 'LaunchTemplate', { ...settings(), rootVolume: props, detailedMonitoring });
  // A version by number: `$Default` stays at the first one forever, and `$Latest` changes without a diff.
  return { launchTemplateId: template.ref, version: template.attrLatestVersionNumber, overrides };
}

/** Rejects what has no effect beside a launch template of the user, which is taken as it is. @internal */
export function refuseBesideOwn(scope: Construct, settings: Readonly<Record<string, unknown>>): void {
  const unused = Object.entries(settings).find(([, value]) => value !== undefined);
  if (unused === undefined) return;
  const hint = 'set it there, or leave that out';
  throw fail(scope, `'${unused[0]}' has no effect with a 'launchTemplate' of your own: ${hint}`);
}
