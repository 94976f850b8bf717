/** What a check rejects, or warns of. */
export interface Check {
  /** An error stops synthesis; a warning can be acknowledged by its id. */
  readonly level: 'error' | 'warning';
  /** What must hold, in one line. */
  readonly rule: string;
  /** Page of AWS that says so; left out where the rule is one of this library. */
  readonly source?: string;
}
