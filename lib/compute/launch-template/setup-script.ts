import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { defaultVariables } from './ecs-agent';
import type { InstanceSetup } from './instance-setup';

/**
 * A script that sets instances up. It runs before the ECS agent starts; an instance where a command fails takes no jobs, as
 * they would miss what they rely on.
 * @internal
 */
export function setupScript(
  scope: IConstruct,
  connections: ec2.Connections,
  spot: boolean,
  setups: readonly InstanceSetup[] = [],
): string {
  const results = setups.map((setup) => setup._bind({ scope, connections }));
  const variables = new Map(
    [defaultVariables(spot), ...results.map((one) => one.variables ?? {})].flatMap(Object.entries),
  );
  const commands = results.flatMap((one) => one.commands ?? []);
  return [
    '#!/bin/bash',
    ...(commands.length > 0 ? ['set -euo pipefail', 'trap "systemctl mask ecs" ERR'] : []),
    "cat >> /etc/ecs/ecs.config <<'EOF'",
    ...[...variables].map(([name, value]) => `${name}=${value}`),
    'EOF',
    ...commands,
  ].join('\n');
}
