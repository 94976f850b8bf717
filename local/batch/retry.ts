import type { Reader } from '../core/reader';
import { allowOnly, checkRange, clientError, oneOf } from './checks';

/** What to do when all conditions that are given match. A pattern may end with `*`. */
export interface ExitRule {
  readonly onStatusReason?: string;
  readonly onReason?: string;
  readonly onExitCode?: string;
  readonly action: 'RETRY' | 'EXIT';
}

export interface RetryStrategy {
  readonly attempts: number;
  readonly evaluateOnExit: readonly ExitRule[];
}

/** How an attempt ended. */
export interface Exit {
  readonly statusReason: string;
  readonly reason?: string;
  readonly exitCode?: number;
}

const MAX_RULES = 5;
const MAX_PATTERN = 512;
const TEXT_PATTERN = /^[0-9A-Za-z.:\s]*\*?$/;
const CODE_PATTERN = /^[0-9]*\*?$/;

const readPattern = (rule: Reader, name: string, allowed: RegExp, characters: string): string | undefined => {
  const pattern = rule.optionalText(name);
  if (pattern === undefined) return undefined;
  if (pattern.length > MAX_PATTERN || !allowed.test(pattern)) {
    throw clientError(
      `'evaluateOnExit.${name}' must be up to ${MAX_PATTERN} ${characters}, with '*' only at the end, got '${pattern}'`,
    );
  }
  return pattern;
};

const readRule = (rule: Reader): ExitRule => {
  allowOnly(rule, 'evaluateOnExit', ['onStatusReason', 'onReason', 'onExitCode', 'action']);
  const text = 'letters, digits, periods, colons and spaces';
  return {
    onStatusReason: readPattern(rule, 'onStatusReason', TEXT_PATTERN, text),
    onReason: readPattern(rule, 'onReason', TEXT_PATTERN, text),
    onExitCode: readPattern(rule, 'onExitCode', CODE_PATTERN, 'digits'),
    action: oneOf('evaluateOnExit.action', rule.text('action'), ['RETRY', 'EXIT']),
  };
};

/** Reads `retryStrategy` of a job definition or a submission. */
export const readRetryStrategy = (reader: Reader): RetryStrategy | undefined => {
  const strategy = reader.optionalRecord('retryStrategy');
  if (strategy === undefined) return undefined;
  allowOnly(strategy, 'retryStrategy', ['attempts', 'evaluateOnExit']);
  const rules = strategy.records('evaluateOnExit');
  if (rules.length > MAX_RULES) {
    throw clientError(`'evaluateOnExit' must have at most ${MAX_RULES} rules, got ${rules.length}`);
  }
  if (rules.length > 0 && !strategy.has('attempts')) {
    throw clientError("'retryStrategy.attempts' must be given when 'evaluateOnExit' is");
  }
  return {
    attempts: checkRange('retryStrategy.attempts', strategy.optionalNumber('attempts') ?? 1, 1, 10),
    evaluateOnExit: rules.map(readRule),
  };
};

const matches = (pattern: string | undefined, value: string): boolean => {
  if (pattern === undefined) return true;
  return pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
};

/** Whether an attempt that ended so may be followed by another one. No matching rule means yes, as in AWS. */
export const mayRetry = (strategy: RetryStrategy, attemptsMade: number, exit: Exit): boolean => {
  if (attemptsMade >= strategy.attempts) return false;
  const rule = strategy.evaluateOnExit.find(
    ({ onStatusReason, onReason, onExitCode }) =>
      matches(onStatusReason, exit.statusReason) &&
      matches(onReason, exit.reason ?? '') &&
      matches(onExitCode, exit.exitCode?.toString() ?? ''),
  );
  return rule?.action !== 'EXIT';
};
