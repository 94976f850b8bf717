import type { Output } from '../../core/service';
import type { ChangeSet, Plan, Stack, StackEvent, StackResource } from '../stack/stack';

const dateOf = (time: number | undefined): Date | undefined => (time === undefined ? undefined : new Date(time));

const parametersOf = (plan: Plan | undefined): readonly Output[] =>
  Object.entries(plan?.parameters ?? {}).map(([name, { value, resolved, fromStore, hidden }]) => ({
    ParameterKey: name,
    ParameterValue: hidden ? '****' : value,
    ...(fromStore ? { ResolvedValue: Array.isArray(resolved) ? resolved.join(',') : resolved } : {}),
  }));

const isOf = ({ head }: Stack): Output => ({ StackId: head.id, StackName: head.name });

/** What all answers about a stack say. */
const statusOf = (stack: Stack): Output => ({
  ...isOf(stack),
  CreationTime: dateOf(stack.head.created),
  LastUpdatedTime: dateOf(stack.head.updated),
  DeletionTime: dateOf(stack.head.deleted),
  StackStatus: stack.head.status,
  StackStatusReason: stack.head.reason,
  DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
});

export const describeStack = (stack: Stack): Output => {
  const { plan, outputs, keepsFailed, isProtected } = stack.head;
  return {
    ...statusOf(stack),
    Description: plan?.template.description,
    Parameters: parametersOf(plan),
    DisableRollback: keepsFailed,
    NotificationARNs: [],
    Capabilities: plan?.capabilities ?? [],
    Outputs: outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    RoleARN: plan?.roleArn,
    Tags: plan?.tags ?? [],
    EnableTerminationProtection: isProtected,
  };
};

export const summarizeStack = (stack: Stack): Output => ({
  ...statusOf(stack),
  TemplateDescription: stack.head.plan?.template.description,
});

/** A resource as ListStackResources shows it. */
export const summarizeResource = ({ definition, physical, status, reason, time }: StackResource): Output => ({
  LogicalResourceId: definition.logicalId,
  PhysicalResourceId: physical?.id,
  ResourceType: definition.type,
  LastUpdatedTimestamp: dateOf(time),
  ResourceStatus: status,
  ResourceStatusReason: reason,
});

/** A resource as DescribeStackResources shows it. */
export const describeResource = (stack: Stack, resource: StackResource): Output => ({
  ...isOf(stack),
  ...summarizeResource(resource),
  LastUpdatedTimestamp: undefined,
  Timestamp: dateOf(resource.time),
});

/** A resource as DescribeStackResource shows it. */
export const detailResource = (stack: Stack, resource: StackResource): Output => ({
  ...isOf(stack),
  ...summarizeResource(resource),
  Metadata: resource.definition.metadata === undefined ? undefined : JSON.stringify(resource.definition.metadata),
});

export const describeEvent = (stack: Stack, event: StackEvent): Output => ({
  ...isOf(stack),
  EventId: event.id,
  OperationId: event.operationId,
  LogicalResourceId: event.logicalId,
  PhysicalResourceId: event.physicalId,
  ResourceType: event.type,
  Timestamp: dateOf(event.time),
  ResourceStatus: event.status,
  ResourceStatusReason: event.reason,
  ClientRequestToken: event.token,
});

/** A change set as ListChangeSets shows it. */
export const summarizeChangeSet = (stack: Stack, changeSet: ChangeSet): Output => ({
  ...isOf(stack),
  ChangeSetId: changeSet.id,
  ChangeSetName: changeSet.name,
  Description: changeSet.description,
  CreationTime: dateOf(changeSet.created),
  Status: changeSet.status,
  StatusReason: changeSet.reason,
  ExecutionStatus: changeSet.status === 'FAILED' ? 'UNAVAILABLE' : 'AVAILABLE',
});

export const describeChangeSet = (stack: Stack, changeSet: ChangeSet): Output => ({
  ...summarizeChangeSet(stack, changeSet),
  Parameters: parametersOf(changeSet.plan),
  Capabilities: changeSet.plan.capabilities,
  Tags: changeSet.plan.tags,
  Changes: changeSet.changes,
});
