/** Who calls. */
export interface Principal {
  /** Of a user, a role or a session of a role; the name of a service that acts for itself. */
  readonly arn: string;
  /** An AWS service that acts for itself and not as a role: `events.amazonaws.com`. */
  readonly service?: string;
  /** The resource that a service acts for, such as a rule or a topic. */
  readonly sourceArn?: string;
}

/** Whether AWS itself calls, and nobody's role. */
export const isService = ({ arn }: Principal): boolean =>
  /^[a-z0-9.-]+\.amazonaws\.com$/.test(arn) || arn.includes(':role/aws-service-role/');

/** Parameters of a call, as the AWS API names them, before any check. */
export type Input = Readonly<Record<string, unknown>>;

/** Answer of a call, as the AWS API names it. */
export type Output = Readonly<Record<string, unknown>>;

/** One API call, wherever it comes from: the wire, a state machine, an event rule or CloudFormation. */
export interface Call {
  /** Name in the credential scope: `batch`, `states`, `s3`, ... */
  readonly service: string;
  /** As the AWS API names it: `SubmitJob`. */
  readonly operation: string;
  readonly input: Input;
  readonly principal: Principal;
  /** Of the request from the wire that made the call. */
  readonly requestId?: string;
  /** Whether the caller takes the bytes of an answer as a stream. */
  readonly streams?: boolean;
}

export type Operation = (input: Input, call: Call) => Output | Promise<Output>;

/** One AWS service: a closed list of operations. What is not in the list is refused by its name. */
export interface Service {
  readonly name: string;
  readonly operations: Readonly<Record<string, Operation>>;
}
