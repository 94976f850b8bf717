import type { IConstruct } from 'constructs';
import { renderArraySize, renderDependencies } from '../submission/dependencies';
import { checkedJobName, jobNameStart, submissionRequest } from '../submission/submission-request';
import type { SubmitJobTaskProps } from './submit-job-task-props';

/** The call of SubmitJob as Step Functions wants it: names in Pascal case, expressions in JSONata. @internal */
export function submitJobArguments(scope: IConstruct, props: SubmitJobTaskProps): Record<string, unknown> {
  const { arraySize, dependsOn = [], jobName } = props;
  return {
    JobName:
      jobName === undefined ? defaultJobName(scope) : checkedJobName(scope, jobName, 'a JSONata expression, or '),
    ArrayProperties: arraySize && { Size: renderArraySize(scope, arraySize) },
    DependsOn: renderDependencies(scope, dependsOn, arraySize),
    ...submissionRequest(scope, props),
  };
}

/** Names of executions may contain characters that names of jobs may not. */
function defaultJobName(scope: IConstruct): string {
  const start = jobNameStart(scope.node.id);
  return `{% '${start}' & $replace($states.context.Execution.Name, /[^A-Za-z0-9_-]/, '-') %}`;
}
