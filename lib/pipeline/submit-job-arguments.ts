import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { checkVariableName } from '../job/job-environment';
import { checkRange, fail } from '../private/check';
import type { ArraySize } from './array-size';
import { isExpression, toOperand } from './jsonata';
import type { SubmitJobTaskProps } from './submit-job-task-props';

const JOB_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/;

/** The call of SubmitJob as Step Functions wants it: names in Pascal case, expressions in JSONata. @internal */
export function submitJobArguments(scope: IConstruct, props: SubmitJobTaskProps): Record<string, unknown> {
  const { job, arraySize, command, parameters, shareIdentifier, schedulingPriority, tags } = props;
  checkRange(scope, 'schedulingPriority', schedulingPriority, 0, 9999);
  checkQueue(scope, props);
  const environment = renderEnvironment(scope, props);
  const overrides = environment !== undefined || command !== undefined;
  return {
    JobName: props.jobName === undefined ? defaultJobName(scope) : checkedJobName(scope, props.jobName),
    JobDefinition: job.jobDefinitionName,
    JobQueue: (props.queue ?? job.queue).jobQueueArn,
    ArrayProperties: arraySize && { Size: renderArraySize(scope, arraySize) },
    Parameters: parameters,
    ContainerOverrides: overrides ? { Command: command, Environment: environment } : undefined,
    ShareIdentifier: shareIdentifier,
    SchedulingPriorityOverride: schedulingPriority,
    Tags: tags,
    PropagateTags: tags && true,
  };
}

/** Names of executions may contain characters that names of jobs may not. */
function defaultJobName(scope: IConstruct): string {
  const start = jobNameStart(scope.node.id);
  return `{% '${start}' & $replace($states.context.Execution.Name, /[^A-Za-z0-9_-]/, '-') %}`;
}

/** What a job name may begin with for the sake of readers, short enough for an execution name of 80 characters. @internal */
export function jobNameStart(name: string): string {
  const allowed = name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[-_]+/, '');
  return `${allowed.slice(0, 47) || 'job'}-`;
}

function checkedJobName(scope: IConstruct, name: string): string {
  if (Token.isUnresolved(name) || isExpression(name) || JOB_NAME.test(name)) return name;
  throw fail(
    scope,
    `'jobName' must be a JSONata expression, or up to 128 letters, digits, hyphens and underscores that start with a ` +
      `letter or digit, got ${JSON.stringify(name)}`,
  );
}

/** Rejects a queue of the other platform: AWS Batch would refuse the job when it is submitted. */
function checkQueue(scope: IConstruct, { job, queue }: SubmitJobTaskProps): void {
  if (queue === undefined || queue.platformCapability === job.queue.platformCapability) return;
  throw fail(
    scope,
    `'queue' must run jobs on ${job.queue.platformCapability}, as the definition of ${job.node.path} wants it, ` +
      `got ${queue.node.path} on ${queue.platformCapability}`,
  );
}

function renderArraySize(scope: IConstruct, { size, expression }: ArraySize): unknown {
  if (expression !== undefined) return checkedExpression(scope, 'arraySize', expression);
  checkRange(scope, 'arraySize', size, 2, 10_000);
  return size;
}

function renderEnvironment(scope: IConstruct, props: SubmitJobTaskProps): unknown {
  const variables = Object.entries(props.environment ?? {});
  for (const [name] of variables) checkVariableName(scope, name);
  const expression = props.environmentExpression;
  if (expression === undefined) {
    return variables.length === 0 ? undefined : variables.map(([Name, Value]) => ({ Name, Value }));
  }
  checkedExpression(scope, 'environmentExpression', expression);
  if (variables.length === 0) return expression;
  const known = variables.map(([name, value]) => `{"Name": ${JSON.stringify(name)}, "Value": ${toOperand(value)}}`);
  return `{% $append([${known.join(', ')}], ${toOperand(expression)}) %}`;
}

function checkedExpression(scope: IConstruct, name: string, expression: string): string {
  if (Token.isUnresolved(expression) || isExpression(expression)) return expression;
  throw fail(
    scope,
    `'${name}' must be a JSONata expression, got ${JSON.stringify(expression)}: put it between '{%' and '%}'`,
  );
}
