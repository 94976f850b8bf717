import type { AwsError } from './errors';
import type { Call, Input, Output, Principal } from './service';

/** Whether a principal may make a call, and why. */
export interface Decision {
  readonly allowed: boolean;
  /** What was decided on last: `batch:SubmitJob`. */
  readonly action: string;
  readonly resource: string;
  /** For a person: the statement that decided, or what is missing. */
  readonly reason: string;
  /** The answer to a denied call, as the service gives it. */
  readonly error?: AwsError;
}

/** One action on one resource, which a service asks about before it does something for somebody. */
export interface Question {
  readonly principal: Principal;
  readonly action: string;
  /** An ARN; a key of AWS KMS by whatever names it. */
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | undefined>>;
  /** Whose answer a denial becomes, where it is not the service of the action. */
  readonly service?: string;
}

/** A service that takes on a role. */
export interface Assumption {
  readonly roleArn: string;
  /** `lambda.amazonaws.com`. */
  readonly service: string;
  /** The resource that it does so for. */
  readonly sourceArn?: string;
  readonly session: string;
}

/** Judges each call before it is done. */
export interface Authorizer {
  /** Undefined for a call that nobody has to be allowed. */
  check(call: Call): Promise<Decision | undefined>;
  /** Undefined for what nobody has to be allowed. */
  judge(question: Question): Promise<Decision | undefined>;
}

/** Asks a service without being judged. */
export type Ask = (service: string, operation: string, input: Input) => Promise<Output>;
