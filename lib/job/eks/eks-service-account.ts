import type * as iam from 'aws-cdk-lib/aws-iam';

/**
 * A Kubernetes service account: what the code in a pod acts as.
 *
 * Service accounts of `aws-cdk-lib/aws-eks` and of `aws-cdk-lib/aws-eks-v2` are such ones.
 */
export interface IPodServiceAccount {
  /** Name of the service account. */
  readonly serviceAccountName: string;

  /**
   * Namespace of the service account; pods of other namespaces cannot have it.
   *
   * @default - not known: it has to be the namespace of the pods
   */
  readonly serviceAccountNamespace?: string;

  /**
   * IAM role that pods with the service account act as.
   *
   * @default - not known, or none: what is granted to the job has to be granted elsewhere
   */
  readonly role?: iam.IRole;
}

/** What is known of a service account beside its name. */
export interface PodServiceAccountOptions {
  /**
   * Namespace of the service account.
   *
   * @default - not known: it has to be the namespace of the pods
   */
  readonly kubernetesNamespace?: string;

  /**
   * IAM role that pods with the service account act as, by an annotation of the service account (IRSA).
   *
   * @default - not known, or none: what is granted to the job has to be granted elsewhere
   */
  readonly role?: iam.IRole;
}

/** A Kubernetes service account that is defined elsewhere. */
export class PodServiceAccount implements IPodServiceAccount {
  /** A service account by its name. */
  public static of(name: string, options: PodServiceAccountOptions = {}): IPodServiceAccount {
    return new PodServiceAccount(name, options.kubernetesNamespace, options.role);
  }

  private constructor(
    /** Name of the service account. */
    public readonly serviceAccountName: string,
    /** Namespace of the service account, when it is known. */
    public readonly serviceAccountNamespace?: string,
    /** IAM role that pods with the service account act as, when it is known. */
    public readonly role?: iam.IRole,
  ) {}
}
