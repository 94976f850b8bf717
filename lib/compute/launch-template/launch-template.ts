import { Fn, Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { rootVolume } from './root-volume';
import type { RootVolumeProps } from './root-volume-props';

/** What goes into a launch template beside what always does. @internal */
export interface LaunchTemplateSettings {
  readonly rootVolume: RootVolumeProps;
  readonly userData?: ec2.UserData;
  readonly networkInterfaces?: ec2.CfnLaunchTemplate.NetworkInterfaceProperty[];
  readonly detailedMonitoring?: boolean;
}

/**
 * Defines the launch template of a compute environment: instance metadata by session tokens and not for containers
 * behind a bridge, and an encrypted root volume.
 * @internal
 */
export function launchTemplate(scope: Construct, id: string, settings: LaunchTemplateSettings): ec2.CfnLaunchTemplate {
  const { userData, networkInterfaces, detailedMonitoring } = settings;
  return new ec2.CfnLaunchTemplate(scope, id, {
    launchTemplateData: {
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [rootVolume(scope, settings.rootVolume)],
      networkInterfaces,
      monitoring: detailedMonitoring === undefined ? undefined : { enabled: detailedMonitoring },
      // Late, as the user may add commands after the compute environment is defined.
      userData: userData === undefined ? undefined : Fn.base64(Lazy.string({ produce: () => userData.render() })),
    },
  });
}
