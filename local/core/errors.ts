/** An answer that a client of AWS would get as an exception. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly statusCode = 400,
    /** Further members of the error, as the API names them. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = code;
  }
}

/** Refuses what this endpoint does not do, by its name. */
export const notSupported = (what: string, nearest?: string): AwsError =>
  new AwsError(
    'NotImplemented',
    `the local endpoint does not support ${what}${nearest === undefined ? '' : `; ${nearest}`}`,
    501,
  );
