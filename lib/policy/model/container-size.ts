import type { Value } from '../template/template';

/** What a container asks for, as far as it is known. @internal */
export interface ContainerSize {
  readonly vcpus?: number;
  readonly memoryMiB?: number;
  readonly gpus?: number;
}

/** What a container of ECS asks for: by its requirements, or by the fields that came before them. @internal */
export function sizeOf(container: Value): ContainerSize {
  return {
    vcpus: requirementOf(container, 'VCPU')?.number ?? container.at('Vcpus').number,
    memoryMiB: requirementOf(container, 'MEMORY')?.number ?? container.at('Memory').number,
    gpus: requirementOf(container, 'GPU')?.number,
  };
}

/** One requirement of a container of ECS. @internal */
export const requirementOf = (container: Value, type: string): Value | undefined =>
  container
    .at('ResourceRequirements')
    .items?.find((one) => one.at('Type').text === type)
    ?.at('Value');
