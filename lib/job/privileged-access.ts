import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { PRIVILEGED_REASONS } from '../contracts/template-metadata';
import { fail } from '../private/check';

/**
 * The rights of root on the host, for a container that cannot do without. Such a container can reach all that its host can:
 * other jobs there and their credentials included. Devices, `/dev/shm` and limits need none of it: they are properties of
 * their own.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-4
 */
export class PrivilegedAccess {
  /**
   * Gives the rights, and says why.
   *
   * @param reason What the container does that it needs them for. It is in the metadata of the job definition, for whoever
   * reviews the template.
   */
  public static acknowledged(reason: string): PrivilegedAccess {
    return new PrivilegedAccess(reason);
  }

  private constructor(
    /** What the container needs the rights for. */
    public readonly reason: string,
  ) {}

  /** Notes the reason with the job. @internal */
  public _render(job: IConstruct): boolean {
    if (!Token.isUnresolved(this.reason) && this.reason.trim() === '') {
      throw fail(
        job,
        `'privileged' must come with a reason, got ${JSON.stringify(this.reason)}: say what the container does that it ` +
          'needs the rights of root on its host for, or leave it out',
        'job-privileged-reason',
      );
    }
    job.node.addMetadata(PRIVILEGED_REASONS, this.reason);
    return true;
  }
}
