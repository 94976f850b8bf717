import { Token, Tokenization } from 'aws-cdk-lib';
import type * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { isCount, MIN_MEMORY_MIB } from '../../contracts/rules/job';
import { isPodVcpus, VCPU_STEP } from '../../contracts/rules/kubernetes';
import { fail } from '../../private/check';
import type { PodContainer } from './eks-container';
import { inWords, sizeOf } from './eks-container-size';
import { mebibytesOf } from './eks-quantity';

/**
 * Renders what is reserved for a container, and what it may have at most. Memory and GPUs are the same in both, as AWS
 * Batch wants it.
 * @internal
 */
export function renderResources(scope: IConstruct, container: PodContainer): batch.CfnJobDefinition.ResourcesProperty {
  const { vcpus, memory, gpus } = sizeOf(container);
  const vcpuLimit = container.vcpuLimit ?? vcpus;
  checkVcpus(scope, `the vCPUs of ${inWords(container)}`, vcpus);
  checkVcpus(scope, `'vcpuLimit' of ${inWords(container)}`, vcpuLimit);
  if (!Token.isUnresolved(vcpus) && !Token.isUnresolved(vcpuLimit) && vcpuLimit < vcpus) {
    throw fail(
      scope,
      `'vcpuLimit' of ${inWords(container)} must be at least the ${vcpus} vCPU of its size, got ${vcpuLimit}`,
      'job-eks-size',
    );
  }
  if (gpus !== undefined && !Token.isUnresolved(gpus) && !isCount(gpus)) {
    throw fail(
      scope,
      `the GPUs of ${inWords(container)} must be a whole number, at least 1, got ${gpus}`,
      'job-eks-size',
    );
  }
  const both = {
    memory: mebibytesOf(scope, `the memory of ${inWords(container)}`, memory, MIN_MEMORY_MIB),
    ...(gpus === undefined ? {} : { 'nvidia.com/gpu': Tokenization.stringifyNumber(gpus) }),
  };
  return {
    requests: { cpu: Tokenization.stringifyNumber(vcpus), ...both },
    limits: { cpu: Tokenization.stringifyNumber(vcpuLimit), ...both },
  };
}

function checkVcpus(scope: IConstruct, what: string, vcpus: number): void {
  if (Token.isUnresolved(vcpus)) return;
  if (!isPodVcpus(vcpus)) {
    throw fail(
      scope,
      `${what} must be a multiple of ${VCPU_STEP}, at least ${VCPU_STEP}, got ${vcpus}`,
      'job-eks-size',
    );
  }
}
