import type { TraceRecord } from '../../local/core/trace';
import { openAccount } from './account';
import { type Grant, templateWithout, templateWithoutAll } from '../support/grants';
import type { Snapshot } from './snapshot';
import type { Subject } from './subject';

/** What noticed that an action is not allowed. */
export interface Proof {
  /** The route that was taken, or the deployment. */
  readonly route: string;
  /** The denied call. */
  readonly call: string;
}

interface Journey {
  readonly snapshot: Snapshot;
  readonly subject: Subject;
  /** A folder that does not exist. */
  readonly directory: string;
  readonly edit: (template: unknown) => unknown;
  readonly listen: (record: TraceRecord, route: string) => void;
  readonly isOver: () => boolean;
}

/** Deploys a template and takes all routes; gives what failed on the way. */
const travel = async ({ snapshot, subject, directory, edit, listen, isOver }: Journey): Promise<readonly string[]> => {
  const failures: string[] = [];
  let route = 'deployment';
  const attempt = async <T>(name: string, run: () => Promise<T>): Promise<T | undefined> => {
    route = name;
    try {
      return await run();
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  const trace = (record: TraceRecord): void => {
    listen(record, route);
  };
  const account = await openAccount({ from: snapshot.directory, directory, trace, isOver });
  try {
    const template = edit(snapshot.templates.get(subject.stack));
    const visit = await attempt(route, async () => {
      await subject.prepare?.(account.clients);
      const { after } = subject;
      if (after !== undefined) await account.deploy(after, snapshot.templates.get(after));
      return account.deploy(subject.stack, template);
    });
    if (visit === undefined) return failures;
    for (const [name, take] of Object.entries(subject.routes)) {
      if (!isOver()) await attempt(name, () => take(visit));
    }
    return failures;
  } finally {
    await account.remove();
  }
};

/** Takes all routes through a subject as it is; gives what failed and what was denied: nothing when all is well. */
export const check = async (snapshot: Snapshot, subject: Subject, directory: string): Promise<readonly string[]> => {
  const denials: string[] = [];
  const listen = ({ decision, principal }: TraceRecord, route: string): void => {
    if (decision?.allowed === false) denials.push(`${route}: ${principal} ${decision.action} ${decision.resource}`);
  };
  const failures = await travel({ snapshot, subject, directory, listen, edit: (same) => same, isOver: () => false });
  return [...failures, ...denials];
};

const isOneOf = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'i').test(action);

/** Names of roles begin with the stack and what fits of the logical id. */
const isOf = (role: string, text: string): boolean => text.includes(`-${role.slice(0, 24)}`);

const SERVICE_LINKED = ':role/aws-service-role/';

/** Whether a statement of a resource's policy may be about a caller: one of its services, or who its conditions admit. */
const mayAdmit = ({ principals }: Grant, caller: string): boolean => {
  if (principals.includes('*')) return caller.includes(SERVICE_LINKED);
  const services = principals.filter((principal) => /\.(amazonaws\.com|\$\{AWS::URLSuffix\})$/.test(principal));
  return services.length === 0 || services.some((service) => caller.startsWith(`${service.split('.')[0]}.`));
};

/** Whether a call was denied for want of a grant: of that action, to whom it is given. */
const isDenialOf = (grant: Grant, { decision, principal }: TraceRecord): boolean => {
  const { action, roles, type } = grant;
  if (decision?.allowed !== false || !isOneOf(action, decision.action)) return false;
  if (type === 'AWS::IAM::Role' && action === 'sts:AssumeRole') return isOf(roles[0], decision.resource);
  return roles.length === 0 ? mayAdmit(grant, principal) : roles.some((role) => isOf(role, principal));
};

/** Takes a grant away; gives the denial that follows, if there is one. */
export const prove = async (
  snapshot: Snapshot,
  subject: Subject,
  grant: Grant,
  directory: string,
): Promise<Proof | undefined> => {
  const proofs: Proof[] = [];
  const listen = (record: TraceRecord, route: string): void => {
    if (isDenialOf(grant, record)) proofs.push({ route, call: `${record.service}:${record.operation}` });
  };
  const edit = (template: unknown): unknown => templateWithout(template, grant);
  await travel({ snapshot, subject, directory, edit, listen, isOver: () => proofs.length > 0 });
  return proofs.at(0);
};

/**
 * Of some grants, those that nothing notices: all of them are taken away at once, and none of them is asked for. Who is
 * denied nothing without all of them is denied nothing without one of them.
 */
export const unnoticed = async (
  snapshot: Snapshot,
  subject: Subject,
  grants: readonly Grant[],
  directory: string,
): Promise<ReadonlySet<Grant>> => {
  const noticed = new Set<Grant>();
  const listen = (record: TraceRecord): void => {
    for (const grant of grants) if (isDenialOf(grant, record)) noticed.add(grant);
  };
  const edit = (template: unknown): unknown => templateWithoutAll(template, grants);
  const failures = await travel({ snapshot, subject, directory, edit, listen, isOver: () => noticed.size > 0 });
  const rest = grants.filter((grant) => !noticed.has(grant));
  if (noticed.size > 0) return unnoticed(snapshot, subject, rest, directory);
  if (failures.length > 0) throw new Error(`without what nothing denies, this fails: ${failures.join('; ')}`);
  return new Set(rest);
};
