/** What the ECS agent keeps on the images of AWS Batch (https://docs.aws.amazon.com/batch/latest/userguide/ecs-reserved-memory.html). */
const AGENT_MIB = 32;

/**
 * What hypervisor and kernel keep, as a part of all memory and on top of that. AWS publishes one example, an m4.large with
 * 7,985 of 8,192 MiB (https://docs.aws.amazon.com/batch/latest/userguide/memory-management.html); others differ by type and
 * image. This covers all but a few (c5.9xlarge, c5.18xlarge, x2iezn, vt1) of the 500 types that were once measured for
 * https://github.com/aws/karpenter-provider-aws (pkg/providers/instancetype/zz_generated.memory_overhead.go).
 */
const SYSTEM_PART = 0.04;
const SYSTEM_MIB = 300;

/** Memory of an instance that jobs can count on: an estimate, a little low. @internal */
export const usableMemoryMiB = (memoryMiB: number): number =>
  Math.max(0, Math.floor(memoryMiB * (1 - SYSTEM_PART)) - SYSTEM_MIB - AGENT_MIB);
