import type { IConstruct } from 'constructs';
import { fail } from '../../private/check';
import { isGroup } from '../../contracts/instances/known-instances';
import { MAX_OVERRIDES, overlap } from '../../contracts/rules/compute';
import type { InstanceSelection } from '../instances/instance-selection';
import type { LaunchTemplateOverride } from './launch-template-override';
import { type LaunchTemplateReference, referTo } from './own-launch-template';

/** A launch template for some of the instance types, as AWS Batch takes it. @internal */
export interface OverrideReference extends LaunchTemplateReference {
  readonly targetInstanceTypes: string[];
}

const CHECK = 'compute-launch-template-overrides';

/** The launch templates for some of the instance types. @internal */
export function overridesOf(
  scope: IConstruct,
  instances: InstanceSelection,
  overrides: readonly LaunchTemplateOverride[] = [],
): OverrideReference[] | undefined {
  if (overrides.length === 0) return undefined;
  if (overrides.length > MAX_OVERRIDES) {
    const message = `'launchTemplateOverrides' must be at most ${MAX_OVERRIDES}, got ${overrides.length}`;
    throw fail(scope, message, CHECK);
  }
  checkTargets(
    scope,
    instances,
    overrides.map((override) => override.instances._names()),
  );
  return overrides.map(({ instances: targets, launchTemplate }) => ({
    ...referTo(scope, launchTemplate),
    targetInstanceTypes: targets.instanceTypes,
  }));
}

function checkTargets(scope: IConstruct, instances: InstanceSelection, targets: readonly string[][]): void {
  const seen: string[] = [];
  for (const [index, names] of targets.entries()) {
    const where = `'launchTemplateOverrides[${index}]'`;
    for (const name of names) {
      if (isGroup(name)) {
        throw fail(scope, `${where} must name types or families, got the group '${name}'`, CHECK);
      }
      if (!isAmong(name, instances)) {
        const given = instances.instanceTypes.join(', ');
        throw fail(scope, `${where} has ${name}, which is not among 'instances' (${given}): add it there`, CHECK);
      }
      const other = seen.find((one) => overlap(one, name));
      if (other !== undefined) {
        throw fail(scope, `${where} has ${name}, and ${other} has a launch template already: name each once`, CHECK);
      }
      seen.push(name);
    }
  }
}

/** What is behind a group is up to AWS Batch, and what is not known yet may be anything. */
function isAmong(name: string, instances: InstanceSelection): boolean {
  return instances._isOpen() || instances._names().some((one) => isGroup(one) || overlap(one, name));
}
