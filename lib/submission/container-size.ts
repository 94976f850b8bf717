import { Tokenization } from 'aws-cdk-lib';
import type { JobSize } from '../job/job-size';

/** How much a container gets of what. @internal */
export interface ResourceRequirement {
  readonly type: string;
  readonly value: string;
}

/** What a container of an ECS task gets. @internal */
export function resourceRequirements({ vcpus, memory, gpus }: JobSize): ResourceRequirement[] {
  const requirements = [
    { type: 'VCPU', value: Tokenization.stringifyNumber(vcpus) },
    { type: 'MEMORY', value: Tokenization.stringifyNumber(memory.toMebibytes()) },
  ];
  if (gpus === undefined) return requirements;
  return [...requirements, { type: 'GPU', value: Tokenization.stringifyNumber(gpus) }];
}

/**
 * What a container of a pod gets. AWS Batch wants limits and requests to be equal
 * (https://docs.aws.amazon.com/batch/latest/userguide/eks-jobs.html).
 * @internal
 */
export function podResources({ vcpus, memory, gpus }: JobSize): Record<string, Record<string, string>> {
  const resources = {
    cpu: Tokenization.stringifyNumber(vcpus),
    memory: `${Tokenization.stringifyNumber(memory.toMebibytes())}Mi`,
    ...(gpus === undefined ? {} : { 'nvidia.com/gpu': Tokenization.stringifyNumber(gpus) }),
  };
  return { Limits: resources, Requests: resources };
}
