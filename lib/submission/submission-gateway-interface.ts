import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import type { SubmissionGatewayGrants } from './submission-gateway-grants';

/** A function through which people and programs submit jobs, defined here or imported. */
export interface ISubmissionGateway extends IConstruct {
  /** Function that takes the requests. */
  readonly submitFunction: lambda.IFunction;

  /** Permissions on the gateway. */
  readonly grants: SubmissionGatewayGrants;
}
