import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  DeleteStateMachineCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { makeRole } from '../kit/acting';
import { archiveOf, functionOf } from '../kit/functions';
import { makeLogGroup } from '../kit/log-groups';
import { queueFor } from '../kit/queues';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const TEMPLATES = 'step-functions/latest/dg/service-integration-iam-templates.html';
const RECORDS = 'lambda/latest/dg/invocation-async-retain-records.html';

const LOG_ACTIONS = [
  ...['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries'],
  ...['PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'],
].map((action) => `logs:${action}`);
const RULE_ACTIONS = ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'];

const grant = (Action: readonly string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });

const sends = (target: Target, action: string, resource: string) =>
  makeRole(target, [grant([action], resource)], { Service: 'lambda.amazonaws.com' });

const machineOf = (task: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Task', ...task, End: true } }, QueryLanguage: 'JSONata' });

const NOTHING = JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });

/** Nested, as a role has to have the rights for all states. */
const waitsForJob = JSON.stringify({
  StartAt: 'Each',
  States: {
    Each: {
      ...{ Type: 'Map', End: true },
      ItemProcessor: {
        StartAt: 'A',
        States: {
          A: {
            ...{ Type: 'Task', End: true, Resource: 'arn:aws:states:::batch:submitJob.sync' },
            Parameters: { JobName: 'j', JobQueue: 'q', JobDefinition: 'd' },
          },
        },
      },
    },
  },
});

/** A state machine is made, and made of another, only by a role that may do all of the actions on the resource. */
const needsAll = async (
  target: Target,
  actions: readonly string[],
  resource: string,
  settings: Pick<CreateStateMachineCommandInput, 'definition' | 'loggingConfiguration'>,
  messageFor: (roleArn: string) => string,
): Promise<void> => {
  const { sfn } = target.clients;
  const roleWith = (some: readonly string[]) =>
    makeRole(target, [grant(some, resource)], { Service: 'states.amazonaws.com' });
  const roleArn = await roleWith(actions);
  const name = target.name('machine');
  const { stateMachineArn = '' } = await target.eventually(() =>
    sfn.send(new CreateStateMachineCommand({ ...settings, name, roleArn })),
  );
  target.cleanup(() => sfn.send(new DeleteStateMachineCommand({ stateMachineArn })));
  for (const missing of actions) {
    const lacking = await roleWith(actions.filter((action) => action !== missing));
    const refusal = { name: 'AccessDeniedException', message: messageFor(lacking) };
    const create = new CreateStateMachineCommand({ ...settings, name: target.name('machine'), roleArn: lacking });
    await target.eventually(() => expect(sfn.send(create)).rejects.toMatchObject(refusal));
    const update = new UpdateStateMachineCommand({ stateMachineArn, roleArn: lacking });
    await expect(sfn.send(update)).rejects.toMatchObject(refusal);
  }
};

export const creation = table('IAM', 'What is asked for at creation', [
  {
    behaviour: 'a machine that waits for jobs takes the rights to the rule that tells of their end, at creation',
    source: TEMPLATES,
    test: async (target) => {
      const rule = 'StepFunctionsGetEventsForBatchJobsRule';
      const resource = `arn:aws:events:${target.region}:${target.account}:rule/${rule}`;
      await needsAll(
        ...([target, RULE_ACTIONS, resource, { definition: waitsForJob }] as const),
        (role) => `'${role}' is not authorized to create managed-rule.`,
      );
    },
  },
  {
    behaviour: 'a machine that waits for executions takes the rights to the rule that tells of their end, at creation',
    source: TEMPLATES,
    test: async (target) => {
      const rule = 'StepFunctionsGetEventsForStepFunctionsExecutionRule';
      const resource = `arn:aws:events:${target.region}:${target.account}:rule/${rule}`;
      const child = `arn:aws:states:${target.region}:${target.account}:stateMachine:child`;
      for (const version of ['', ':2']) {
        const Resource = `arn:aws:states:::states:startExecution.sync${version}`;
        await needsAll(
          ...([target, RULE_ACTIONS, resource] as const),
          { definition: machineOf({ Resource, Arguments: { StateMachineArn: child } }) },
          (role) => `'${role}' is not authorized to create managed-rule.`,
        );
      }
    },
  },
  {
    behaviour: 'a machine with logs takes all rights to deliveries of logs, at creation',
    source: 'step-functions/latest/dg/cw-logs.html',
    test: async (target) => {
      const { arn } = await makeLogGroup(target);
      const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn: `${arn}:*` } }];
      const loggingConfiguration = { level: 'ERROR' as const, destinations };
      await needsAll(
        ...([target, LOG_ACTIONS, '*', { definition: NOTHING, loggingConfiguration }] as const),
        () => 'The state machine IAM Role is not authorized to access the Log Destination',
      );
    },
  },
  {
    behaviour: 'a function with a dead-letter queue or topic takes the right to send to it, at creation',
    source: RECORDS,
    test: async (target) => {
      const { clients, region, account, name, cleanup, eventually } = target;
      for (const [service, operation] of [
        ['sqs', 'SendMessage'],
        ['sns', 'Publish'],
      ] as const) {
        const TargetArn = `arn:aws:${service}:${region}:${account}:${name('dead')}`;
        const FunctionName = name('function');
        const create = (Role: string) =>
          new CreateFunctionCommand({
            ...{ FunctionName, Role, Runtime: 'nodejs22.x', Handler: 'index.handler', DeadLetterConfig: { TargetArn } },
            Code: { ZipFile: archiveOf('exports.handler = () => {};') },
          });
        const message = `The provided execution role does not have permissions to call ${operation} on ${service.toUpperCase()}`;
        const refusal = { name: 'InvalidParameterValueException', message };
        const lacking = await sends(target, `${service}:${operation}`, `${TargetArn}-other`);
        await eventually(() => expect(clients.lambda.send(create(lacking))).rejects.toMatchObject(refusal));
        const whole = await sends(target, `${service}:${operation}`, TargetArn);
        await eventually(() => clients.lambda.send(create(whole)));
        cleanup(() => clients.lambda.send(new DeleteFunctionCommand({ FunctionName })));
        const update = new UpdateFunctionConfigurationCommand({ FunctionName, Role: lacking });
        await eventually(() => expect(clients.lambda.send(update)).rejects.toMatchObject(refusal));
      }
    },
  },
  {
    behaviour: 'a queue as event source takes the rights to receive, delete and describe, at creation',
    source: 'lambda/latest/dg/services-sqs-configure.html',
    test: async (target) => {
      const { arn: EventSourceArn } = await queueFor(target);
      const actions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
      for (const missing of actions) {
        const some = actions.filter((action) => action !== missing).map((action) => `sqs:${action}`);
        const FunctionName = await functionOf(target, 'exports.handler = () => {};', {}, [grant(some, EventSourceArn)]);
        const create = new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn });
        const message = `role does not have permissions to call ${missing} on SQS`;
        await target.eventually(() => expect(target.clients.lambda.send(create)).rejects.toThrow(message));
      }
    },
  },
  {
    behaviour: 'a destination takes the right of the function to send to it, when it is set',
    source: RECORDS,
    test: async (target) => {
      const { region, account, name, eventually } = target;
      const { lambda } = target.clients;
      for (const [action, resource] of [
        ['sqs:SendMessage', 'sqs:REGION:destination'],
        ['sns:Publish', 'sns:REGION:destination'],
        ['lambda:InvokeFunction', 'lambda:REGION:function:destination'],
        ['events:PutEvents', 'events:REGION:event-bus/destination'],
      ] as const) {
        const Destination = `arn:aws:${resource.replace('REGION', `${region}:${account}`)}-${name('one')}`;
        const operation = action.slice(action.indexOf(':') + 1);
        const message = `The function's execution role does not have permissions to call ${operation} on ${Destination}`;
        const source = 'exports.handler = () => {};';
        const lacking = await functionOf(target, source);
        const whole = await functionOf(target, source, {}, [grant([action], Destination)]);
        for (const DestinationConfig of [{ OnFailure: { Destination } }, { OnSuccess: { Destination } }]) {
          const put = (FunctionName: string) =>
            lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig }));
          await expect(put(lacking)).rejects.toMatchObject({ name: 'InvalidParameterValueException', message });
          await eventually(() => put(whole));
        }
      }
    },
  },
]);
