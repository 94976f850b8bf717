import type { Construct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import type { ArraySize } from './array-size';
import type { PipelineStepContext } from './pipeline-step-interface';
import { jobNameStart } from './submit-job-arguments';
import type { SubmitJobOptions } from './submit-job-options';
import { SubmitJobTask } from './submit-job-task';

/** A state that submits a job with the variables of the plan, so that it finds items and results. @internal */
export function jobState(
  scope: Construct,
  id: string,
  context: PipelineStepContext,
  job: IBatchJob,
  options: SubmitJobOptions,
  arraySize?: ArraySize,
): SubmitJobTask {
  const { queue, command, parameters, environment, shareIdentifier, schedulingPriority, tags, timeout } = options;
  const task = new SubmitJobTask(scope, id, {
    job,
    arraySize,
    jobName: `{% '${jobNameStart(id)}' & $plan.submissionId %}`,
    environmentExpression: '{% $plan.environment %}',
    queue,
    command,
    parameters,
    environment,
    shareIdentifier,
    schedulingPriority,
    tags,
    timeout,
  });
  task.addCatch(context.failure);
  return task;
}
