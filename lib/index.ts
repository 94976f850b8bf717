export * from './compute/compute-environment';
export * from './queue/job-queue-interface';
export * from './queue/job-queue-grants';
