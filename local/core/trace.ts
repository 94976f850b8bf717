import type { Decision } from './authorizer';
import type { Call } from './service';

/** One call that was made, for whoever traces. */
export interface TraceRecord {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly service: string;
  readonly operation: string;
  readonly principal: string;
  /** Absent when nothing was decided. */
  readonly decision?: Decision;
  readonly milliseconds: number;
  /** The code of the error that it was answered with. */
  readonly error?: string;
}

/** A record of a call that has ended. */
export const recordOf = (
  { service, operation, principal }: Call,
  time: number,
  milliseconds: number,
  decision: Decision | undefined,
  error: unknown,
): TraceRecord => ({
  time,
  service,
  operation,
  principal: principal.arn,
  milliseconds,
  ...(decision === undefined ? {} : { decision }),
  ...(error === undefined ? {} : { error: error instanceof Error ? error.name : 'Error' }),
});

/** One line for a terminal. */
export const lineOf = ({ time, principal, service, operation, decision, milliseconds, error }: TraceRecord): string =>
  [
    new Date(time).toISOString().slice(11, 23),
    principal.replace(/^arn:[^:]*:[^:]*::?[^:]*:/, ''),
    decision?.action ?? `${service}:${operation}`,
    decision?.resource ?? '-',
    decision === undefined ? 'unchecked' : decision.allowed ? 'allowed' : `denied (${decision.reason})`,
    `${milliseconds.toFixed(1)} ms`,
    ...(error === undefined ? [] : [error]),
  ].join('  ');
