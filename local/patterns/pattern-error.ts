/** A pattern that the pattern language does not allow. Each service turns it into an error code of its own. */
export class PatternError extends Error {}
