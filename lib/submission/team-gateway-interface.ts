import type { ISubmissionGateway } from './submission-gateway-interface';
import type { SubmissionTeamOptions } from './submission-team-options';

/** A gateway that teams may call, each in its own name. */
export interface ITeamGateway {
  /** The gateway as this team calls it. */
  addTeam(name: string, options?: SubmissionTeamOptions): ISubmissionGateway;
}
