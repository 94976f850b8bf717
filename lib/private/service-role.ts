import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

/** Defines a role that a service may take on for its resources of one kind in this account and Region. @internal */
export function serviceRole(scope: Construct, id: string, service: string, resource: string): iam.Role {
  const stack = Stack.of(scope);
  const arnFormat = service === 'states' ? ArnFormat.COLON_RESOURCE_NAME : ArnFormat.SLASH_RESOURCE_NAME;
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal(`${service}.amazonaws.com`, {
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service, resource, resourceName: '*', arnFormat }) },
      },
    }),
  });
  acknowledge(role, 'inline-policy');
  return role;
}
