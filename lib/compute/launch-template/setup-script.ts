import { BLOCK_INSTANCE_METADATA, defaultVariables } from './ecs-agent';
import type { InstanceSetup, SetupTarget } from './instance-setup';

/**
 * AWS Batch runs jobs on the network of the instance, where a hop limit does not keep them from its metadata. What AWS itself
 * runs there is root, and jobs are not unless they say so
 * (https://docs.aws.amazon.com/batch/latest/userguide/networking-modes-jobs.html).
 */
const KEEP_FROM_METADATA =
  'iptables -w -I OUTPUT -d 169.254.169.254 -m owner ! --uid-owner 0 -j REJECT || ' +
  'echo "jobs can reach the instance metadata" >&2';

/**
 * A script that sets instances up. It runs before the ECS agent starts; an instance where a command fails takes no jobs, as
 * they would miss what they rely on.
 * @internal
 */
export function setupScript(target: SetupTarget, spot: boolean, setups: readonly InstanceSetup[] = []): string {
  const results = setups.map((setup) => setup._bind(target));
  const variables = new Map(
    [defaultVariables(spot), ...results.map((one) => one.variables ?? {})].flatMap(Object.entries),
  );
  const commands = results.flatMap((one) => one.commands ?? []);
  return [
    '#!/bin/bash',
    ...(variables.get(BLOCK_INSTANCE_METADATA) === 'true' ? [KEEP_FROM_METADATA] : []),
    ...(commands.length > 0 ? ['set -euo pipefail', 'trap "systemctl mask ecs" ERR'] : []),
    "cat >> /etc/ecs/ecs.config <<'EOF'",
    ...[...variables].map(([name, value]) => `${name}=${value}`),
    'EOF',
    ...commands,
  ].join('\n');
}
