import type { Context } from './context';

/** Who asks, as policies name them. */
export interface Requester {
  /** A user, a role, or a session of a role. */
  readonly arn: string;
  /** The role of a session: policies may name either. */
  readonly roleArn?: string;
  readonly account: string;
  /** A service that acts for itself. */
  readonly service?: string;
}

/** One action on one resource, to be judged. */
export interface AccessRequest {
  readonly requester: Requester;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}
