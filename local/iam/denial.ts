import { AwsError } from '../core/errors';

const FORBIDDEN = 403;

/** Codes and statuses of services whose denial is not AccessDeniedException with the status 400. */
const DENIALS: ReadonlyMap<string, readonly [code: string, status: number]> = new Map([
  ['batch', ['AccessDeniedException', FORBIDDEN]],
  ['cloudformation', ['AccessDenied', FORBIDDEN]],
  ['ec2', ['UnauthorizedOperation', FORBIDDEN]],
  ['iam', ['AccessDenied', FORBIDDEN]],
  ['lambda', ['AccessDeniedException', FORBIDDEN]],
  ['s3', ['AccessDenied', FORBIDDEN]],
  ['scheduler', ['AccessDeniedException', FORBIDDEN]],
  ['sns', ['AuthorizationError', FORBIDDEN]],
  ['sts', ['AccessDenied', FORBIDDEN]],
]);

/** The answer of a service to a call that is not allowed. */
export const denialOf = (service: string, who: string, action: string, resource: string, reason: string): AwsError => {
  const [code, status] = DENIALS.get(service) ?? ['AccessDeniedException', 400];
  return new AwsError(
    code,
    `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
    status,
  );
};
