import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';

/**
 * Lets EC2 Auto Scaling, which starts the instances for AWS Batch, use a key for their volumes; imported keys are left as
 * they are. May be called for each compute environment: equal statements of a key policy become one.
 *
 * The account is the principal, narrowed to the service-linked role by a condition: a key policy must not name a role that
 * does not exist yet, as in a new account.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 * @internal
 */
export function allowInstances(scope: IConstruct, key: kms.IKey, spot: boolean): void {
  const role = (service: string, name: string): string =>
    Stack.of(scope).formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: `aws-service-role/${service}.amazonaws.com/${name}`,
    });
  // Auto Scaling may have more than one role, told apart by a suffix.
  const roles = [role('autoscaling', 'AWSServiceRoleForAutoScaling*')];
  if (spot) roles.push(role('spot', 'AWSServiceRoleForEC2Spot'));

  const statement = (sid: string, actions: string[], conditions: Record<string, unknown> = {}): iam.PolicyStatement =>
    new iam.PolicyStatement({
      sid: spot ? `${sid}OnSpot` : sid,
      principals: [new iam.AccountRootPrincipal()],
      actions,
      resources: ['*'],
      conditions: { ArnLike: { 'aws:PrincipalArn': roles }, ...conditions },
    });
  const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  const forVolumes = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  key.addToResourcePolicy(statement('InstanceVolumes', use), true);
  key.addToResourcePolicy(statement('InstanceVolumeGrants', ['kms:CreateGrant'], forVolumes), true);
}
