import { AwsError } from '../core/errors';
import type { World } from '../core/world';
import { integrationOf } from './integrations/integrations';
import { readDefinition } from './language/read-definition';
import type { StateMachine } from './machine-store';

/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const LOG_ACTIONS = [
  ...['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries'],
  ...['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'],
];

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-integration-iam-templates.html */
const RULE_ACTIONS = ['PutTargets', 'PutRule', 'DescribeRule'];

const refused = (message: string): AwsError => new AwsError('AccessDeniedException', message);

/** The rules of EventBridge by which Step Functions learns of the end of what a machine waits for. */
const managedRules = (definition: string): ReadonlySet<string> => {
  const rules = new Set<string>();
  readDefinition(definition, (resource) => {
    const { managedRule } = integrationOf(resource);
    if (managedRule !== undefined) rules.add(managedRule);
  });
  return rules;
};

/** Refuses a state machine whose role does not trust Step Functions, or lacks what is done with it beforehand. */
export const checkRole = async (world: World, machine: StateMachine): Promise<void> => {
  const { roleArn, arn, name, definition, settings } = machine;
  await world.assume({ roleArn, service: 'states.amazonaws.com', sourceArn: arn, session: name }).catch(() => {
    throw refused(
      'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
    );
  });
  const check = async (action: string, resource: string, message: string): Promise<void> => {
    const denial = await world.denial({ principal: { arn: roleArn }, action, resource });
    if (denial !== undefined) throw refused(message);
  };
  for (const rule of managedRules(definition)) {
    for (const action of RULE_ACTIONS) {
      const resource = world.arn('events', `rule/${rule}`);
      await check(`events:${action}`, resource, `'${roleArn}' is not authorized to create managed-rule.`);
    }
  }
  if (settings.logs === undefined) return;
  for (const action of LOG_ACTIONS) {
    await check(`logs:${action}`, '*', 'The state machine IAM Role is not authorized to access the Log Destination');
  }
};
