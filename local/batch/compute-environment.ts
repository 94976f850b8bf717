import type { Input } from '../core/service';
import type { GpuOffer } from './gpus';

export type Platform = 'EC2' | 'FARGATE' | 'MANAGED_INSTANCES' | 'EKS';

export interface ComputeResources {
  readonly type: 'EC2' | 'SPOT' | 'FARGATE' | 'FARGATE_SPOT' | 'ECS_MANAGED_INSTANCES' | 'UNMANAGED';
  readonly maxvCpus: number;
  /** GPUs of its instances, where those have the drivers for them. */
  readonly gpus: GpuOffer;
  /** Name or ARN of the instance profile of EC2 instances. */
  readonly instanceRole?: string;
  /** As requested; what only matters to real instances is kept and described. */
  readonly described: Input;
}

/** Where jobs run. On this machine only its `maxvCpus` and its GPUs have an effect. */
export interface ComputeEnvironment {
  readonly sequence: number;
  readonly uuid: string;
  readonly name: string;
  readonly arn: string;
  readonly platform: Platform;
  state: 'ENABLED' | 'DISABLED';
  resources: ComputeResources;
  /** Who an EC2 instance is. */
  instanceProfileArn?: string;
  serviceRole: string;
  /** Settings without an effect here, as requested. */
  described: Input;
  tags: Readonly<Record<string, string>>;
  usedVcpus: number;
}
