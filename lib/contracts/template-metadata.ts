/** Where a job definition in a template says why containers of it are privileged. */
export const PRIVILEGED_REASONS = 'cdk-batch-platform:privileged';
