import type { KeyValuePair, NodePropertyOverride, SubmitJobCommandInput } from '@aws-sdk/client-batch';
import type { OverrideTarget } from '../../lib/contracts/submission';

/** Where a request says what containers get. */
export type Overrides = Pick<
  SubmitJobCommandInput,
  'containerOverrides' | 'ecsPropertiesOverride' | 'eksPropertiesOverride' | 'nodeOverrides'
>;

const groupOf = (
  environment: KeyValuePair[],
  { place, containers }: OverrideTarget,
): Omit<NodePropertyOverride, 'targetNodes'> => {
  switch (place) {
    case 'container':
      return { containerOverrides: { environment } };
    case 'task':
      return {
        ecsPropertiesOverride: { taskProperties: [{ containers: containers.map((name) => ({ name, environment })) }] },
      };
    case 'pod': {
      const env = environment.flatMap(({ name, value }) => (name === undefined ? [] : [{ name, value }]));
      return { eksPropertiesOverride: { podProperties: { containers: containers.map((name) => ({ name, env })) } } };
    }
  }
};

/** The environment of a submission, where AWS Batch takes it for this kind of job: each container gets all of it. */
export const overridesOf = (environment: KeyValuePair[], targets: readonly OverrideTarget[] = []): Overrides => {
  if (targets.length === 0) return { containerOverrides: { environment } };
  const [first] = targets;
  if (first.targetNodes === undefined) return groupOf(environment, first);
  const nodePropertyOverrides = targets.map((target) => ({
    targetNodes: target.targetNodes,
    ...groupOf(environment, target),
  }));
  return { nodeOverrides: { nodePropertyOverrides } };
};

/** Characters of the longest overrides of one task as JSON. */
export const lengthOf = ({ nodeOverrides, ...overrides }: Overrides): number => {
  const tasks = nodeOverrides?.nodePropertyOverrides ?? [overrides];
  const lengths = tasks.map(({ containerOverrides, ecsPropertiesOverride, eksPropertiesOverride }) => {
    return JSON.stringify(containerOverrides ?? ecsPropertiesOverride ?? eksPropertiesOverride).length;
  });
  return Math.max(...lengths);
};
