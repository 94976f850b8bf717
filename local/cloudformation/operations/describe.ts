import type { Output } from '../../core/service';
import type { ChangeSet, Plan, Stack, StackResource } from '../stack/stack';

const parametersOf = (plan: Plan | undefined): readonly Output[] =>
  [...(plan?.parameters ?? [])].map(([name, { value, resolved, fromStore, hidden }]) => ({
    ParameterKey: name,
    ParameterValue: hidden ? '****' : value,
    ...(fromStore ? { ResolvedValue: Array.isArray(resolved) ? resolved.join(',') : resolved } : {}),
  }));

export const describeStack = (stack: Stack): Output => ({
  StackId: stack.id,
  StackName: stack.name,
  Description: stack.plan?.template.description,
  Parameters: parametersOf(stack.plan),
  CreationTime: stack.created,
  LastUpdatedTime: stack.updated,
  DeletionTime: stack.deleted,
  StackStatus: stack.status,
  StackStatusReason: stack.reason,
  DisableRollback: false,
  NotificationARNs: [],
  Capabilities: stack.plan?.capabilities ?? [],
  Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description,
    ExportName: exportName,
  })),
  RoleARN: stack.plan?.roleArn,
  Tags: stack.plan?.tags ?? [],
  EnableTerminationProtection: stack.protected,
  DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
});

export const summarizeStack = (stack: Stack): Output => ({
  StackId: stack.id,
  StackName: stack.name,
  TemplateDescription: stack.plan?.template.description,
  CreationTime: stack.created,
  LastUpdatedTime: stack.updated,
  DeletionTime: stack.deleted,
  StackStatus: stack.status,
  StackStatusReason: stack.reason,
});

/** A resource as DescribeStackResources shows it. */
export const describeResource = (stack: Stack, resource: StackResource): Output => ({
  StackId: stack.id,
  StackName: stack.name,
  ...summarizeResource(resource),
  LastUpdatedTimestamp: undefined,
  Timestamp: resource.time,
});

/** A resource as ListStackResources shows it. */
export const summarizeResource = ({ definition, physical, status, reason, time }: StackResource): Output => ({
  LogicalResourceId: definition.logicalId,
  PhysicalResourceId: physical?.id,
  ResourceType: definition.type,
  LastUpdatedTimestamp: time,
  ResourceStatus: status,
  ResourceStatusReason: reason,
});

/** A change set as ListChangeSets shows it. */
export const summarizeChangeSet = (stack: Stack, changeSet: ChangeSet): Output => ({
  StackId: stack.id,
  StackName: stack.name,
  ChangeSetId: changeSet.id,
  ChangeSetName: changeSet.name,
  Description: changeSet.description,
  CreationTime: changeSet.created,
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
