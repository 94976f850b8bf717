/** Tag that says which team a job belongs to. */
export const TEAM_TAG = 'team';
