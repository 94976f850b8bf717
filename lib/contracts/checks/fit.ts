import type { Check } from './check';

/** Can a job ever be placed on its queue? A job fits a queue if one of its compute environments can hold it. */
export const FIT_CHECKS = {
  'fit-platform': {
    level: 'error',
    rule: 'a job definition runs on what its queue offers: EC2, Fargate, ECS Managed Instances or EKS',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/compute_environments.html',
  },
  'fit-multi-node': {
    level: 'error',
    rule: 'a multi-node parallel job runs on EC2, and not on Spot instances',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/mnp-ce.html',
  },
  'fit-architecture': {
    level: 'error',
    rule: 'a job is made for a processor architecture that its queue offers',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html',
  },
  'fit-gpu': {
    level: 'error',
    rule: 'a job that asks for GPUs waits in a queue that has some',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/gpu-jobs.html',
  },
  'fit-instance-type': {
    level: 'error',
    rule: 'one instance type of the queue has the vCPUs, the memory and the GPUs of a job at once, and some memory for the system',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/memory-management.html',
  },
  'fit-max-vcpus': {
    level: 'error',
    rule: 'a job, with all its nodes, asks for no more vCPUs than the maxvCpus of a compute environment',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html',
  },
  'fit-memory-tight': {
    level: 'warning',
    rule: 'a job leaves the system the memory that it usually keeps: about 4 % and 332 MiB',
    source: 'https://docs.aws.amazon.com/batch/latest/userguide/memory-management.html',
  },
  'fit-gpu-unused': {
    level: 'warning',
    rule: 'a job without GPUs does not wait in a queue whose instances all have some, and cost accordingly',
  },
} as const satisfies Record<string, Check>;
