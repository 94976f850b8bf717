import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { placeholdersIn } from '../../contracts/rules/job';
import { settle, warn } from '../../private/check';
import type { JobProps } from '../job-props';
import { checkShells } from './shell-parameters';

/**
 * Warns of placeholders that stay as they are unless each submission gives their values, and of those in scripts of shells.
 *
 * A parameter that is meant to be given by each submission is named in `requiredParameters`.
 * @internal
 */
export function checkPlaceholders(
  scope: IConstruct,
  { parameters = {}, requiredParameters = [] }: JobProps,
  ...given: readonly (readonly string[] | undefined)[]
): void {
  const commands = given.filter((command) => command !== undefined);
  checkShells(scope, commands);
  if (requiredParameters.length > 0) {
    settle(scope, 'job-parameter-default', `each submission gives ${requiredParameters.join(', ')}`);
  }
  const known = new Set([...Object.keys(parameters), ...requiredParameters]);
  const words = commands.flat().filter((word) => !Token.isUnresolved(word));
  const missing = placeholdersIn(words).filter((name) => !known.has(name));
  if (missing.length === 0 || [...known].some(Token.isUnresolved)) return;
  const names = missing.join(', ');
  warn(
    scope,
    `the command has Ref:: placeholders that nothing gives a value: ${names}. Give them defaults in 'parameters', or ` +
      `name them in 'requiredParameters' when each submission gives them`,
    'job-parameter-default',
  );
}
