import type * as iam from 'aws-cdk-lib/aws-iam';
import { grantActions } from '../../private/grant-actions';

/** The actions take no narrower resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmessagegatewayservice.html */
const OPEN_CHANNELS = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
];

/** Lets the agent of ECS Exec, which runs as `jobRole`, open the channels of a session. @internal */
export function allowExecuteCommand(jobRole: iam.IGrantable): void {
  grantActions(jobRole, OPEN_CHANNELS, ['*']);
}
