import type { SubmissionTargets, TeamTarget } from '../../lib/contracts/submission';
import { refusal } from '../shared/refusal';
import { excerpt } from '../shared/text';

/** Who calls, as IAM has allowed it. */
export interface CallingTeam extends TeamTarget {
  readonly name: string;
}

/** Where an ARN of a function has its alias or version. */
const QUALIFIER = 7;

/** The team that called by its alias; undefined when somebody called the function itself. */
export const callingTeam = (invokedFunctionArn: string, { teams = {} }: SubmissionTargets): CallingTeam | undefined => {
  const name = invokedFunctionArn.split(':').at(QUALIFIER);
  if (name === undefined || name === '$LATEST') return undefined;
  if (Object.hasOwn(teams, name)) return { ...teams[name], name };
  throw refusal(
    'UnknownTeam',
    `the gateway has no team '${excerpt(name)}': call it by the ARN of a team it was told of`,
  );
};
