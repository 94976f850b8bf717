import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { IConstruct } from 'constructs';
import { admitToKey } from '../../private/key-policy';

/**
 * Lets EC2 Auto Scaling, which starts the instances for AWS Batch, use a key for their volumes.
 *
 * Conditions name the service-linked roles, as a principal must exist already, which it does not in a new account. The
 * account as principal would not do: it only lets IAM policies decide, and those of the roles say nothing of keys.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 * @internal
 */
export function allowInstances(scope: IConstruct, key: kms.IKey, spot: boolean): void {
  const stack = Stack.of(scope);
  const { account } = stack;
  const role = (service: string, name: string): string =>
    stack.formatArn({
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
      principals: [new iam.AnyPrincipal()],
      actions,
      resources: ['*'],
      conditions: {
        StringEquals: { 'kms:CallerAccount': account },
        ArnLike: { 'aws:PrincipalArn': roles },
        ...conditions,
      },
    });
  const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  const forVolumes = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  const otherwise = 'instances end as soon as they start';
  admitToKey(scope, key, statement('InstanceVolumes', use), otherwise);
  admitToKey(scope, key, statement('InstanceVolumeGrants', ['kms:CreateGrant'], forVolumes), otherwise);
}
