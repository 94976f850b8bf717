/** Tag that says which team a job belongs to. */
export const TEAM_TAG = 'team';

/** Its value, which tells teams of one name apart, on several platforms of an account. */
export const teamTag = (platform: string, team: string): string => `${platform}/${team}`;

/** Name of the queue that comes with the first team of a platform. */
export const TEAM_QUEUE = 'teams';
