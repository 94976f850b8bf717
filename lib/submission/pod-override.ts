import type { ContainerOverride } from './container-override';

/** What the pod of a job on Amazon EKS gets for one submission, beside its containers. */
export interface PodOverride {
  /**
   * Containers that run before the others, by name.
   *
   * @default - as the job definition says
   */
  readonly initContainers?: ContainerOverride[];

  /**
   * Kubernetes labels.
   *
   * @default - those of the job definition
   */
  readonly labels?: Record<string, string>;

  /**
   * Kubernetes annotations.
   *
   * @default - those of the job definition
   */
  readonly annotations?: Record<string, string>;

  /**
   * Kubernetes namespace, one that belongs to the compute environments of the queue.
   *
   * @default - the namespace of the job definition or, if it has none, that of the compute environment
   */
  readonly kubernetesNamespace?: string;
}
