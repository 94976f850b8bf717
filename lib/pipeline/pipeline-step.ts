import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IBatchJob } from '../job/batch-job-interface';
import { ArrayStep } from './array-step';
import { CollectStep } from './collect-step';
import { FunctionStep } from './function-step';
import type { IPipelineStep } from './pipeline-step-interface';
import type { FunctionStepOptions, JobStepOptions } from './pipeline-step-options';

/**
 * What a pipeline does, one step after the other.
 *
 * Jobs and functions of a pipeline may read what is below `submissions/` in its bucket and write results there.
 */
export abstract class PipelineStep {
  /**
   * A job for each item: an array job with as many children as there are items, or a plain job for a single item.
   *
   * The step fails when a child has failed, after all of them have ended.
   */
  public static array(job: IBatchJob, options: JobStepOptions = {}): IPipelineStep {
    return new ArrayStep(job, options);
  }

  /**
   * One job that reads what the steps before it wrote. What it writes as `result.json` goes into the results table.
   */
  public static collect(job: IBatchJob, options: JobStepOptions = {}): IPipelineStep {
    return new CollectStep(job, options);
  }

  /**
   * One function that reads what the steps before it wrote, within 15 minutes. It gets `pipeline`, `execution` and
   * `plan`; what it writes as `result.json` below `plan.results.prefix` goes into the results table.
   */
  public static collectWith(collector: lambda.IFunction, options: FunctionStepOptions = {}): IPipelineStep {
    return new FunctionStep(collector, options.name ?? collector.node.id);
  }
}
