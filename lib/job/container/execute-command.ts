import * as iam from 'aws-cdk-lib/aws-iam';

/** Lets the agent of ECS Exec, which runs as `jobRole`, open the channels of a session. @internal */
export function allowExecuteCommand(jobRole: iam.IGrantable): void {
  iam.Grant.addToPrincipal({
    grantee: jobRole,
    actions: [
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ],
    // They take no narrower resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmessagegatewayservice.html
    resourceArns: ['*'],
  });
}
