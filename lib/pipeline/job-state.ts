import type { Construct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import type { ArraySize } from '../submission/array-size';
import { jobNameStart } from '../submission/submission-request';
import type { PipelineStepContext } from './pipeline-step-interface';
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
  const task = new SubmitJobTask(scope, id, {
    ...options,
    job,
    arraySize,
    jobName: `{% '${jobNameStart(id)}' & $plan.submissionId %}`,
    environmentExpression: '{% $plan.environment %}',
  });
  task.addCatch(context.failure);
  return task;
}
