import type { Assumption, Authorizer, Decision, Question } from './authorizer';
import type { Clock } from './clock';
import { AwsError } from './errors';
import type { Principal } from './service';
import { recordOf, type TraceRecord } from './trace';

/** What judges, and who is told. */
export interface PermissionOptions {
  readonly clock: Clock;
  readonly authorizer: () => Authorizer | undefined;
  readonly trace: ((record: TraceRecord) => void) | undefined;
}

/** What services ask about that is no call of somebody: each answer leaves a line in the trace. */
export const createPermissions = ({ clock, authorizer, trace }: PermissionOptions) => {
  const decide = async (question: Question): Promise<Decision | undefined> => {
    const time = clock.now();
    const started = performance.now();
    const decision = await authorizer()?.judge(question);
    if (decision === undefined) return undefined;
    const [service = '', operation = ''] = question.action.split(':');
    const call = { service, operation, input: {}, principal: question.principal };
    trace?.(recordOf(call, time, performance.now() - started, decision, decision.error));
    return decision;
  };

  return {
    denial: async (question: Question): Promise<AwsError | undefined> => (await decide(question))?.error,
    assume: async ({ roleArn, service, sourceArn, session }: Assumption): Promise<Principal> => {
      const principal = { arn: service, service, sourceArn };
      const decision = await decide({ principal, action: 'sts:AssumeRole', resource: roleArn });
      if (decision === undefined) return { arn: roleArn };
      if (decision.allowed) {
        const [, , , , account = ''] = roleArn.split(':');
        return {
          arn: `arn:aws:sts::${account}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/${session}`,
        };
      }
      throw new AwsError(
        'AccessDenied',
        `${service} is not authorized to assume the role ${roleArn}: ${decision.reason}`,
        403,
      );
    },
  };
};
