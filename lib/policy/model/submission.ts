import type { Template, Value } from '../template/template';
import { type JobDefinition, referredJobDefinition } from './job-definition';
import { type JobQueue, referredJobQueue } from './job-queue';

/** A job that a rule or a state machine of a template submits. @internal */
export interface Submission {
  /** Where it says so. */
  readonly at: Value;
  /** The job definition, if it is of the same template. */
  readonly job?: JobDefinition;
  /** The job queue, if it is of the same template. */
  readonly queue?: JobQueue;
  readonly arraySize: Value;
}

/** The jobs that rules and state machines of a template submit. @internal */
export const submissionsOf = (template: Template): Submission[] => [
  ...template.ofType('AWS::Events::Rule').flatMap(({ properties }) => ofRule(properties)),
  ...template.ofType('AWS::StepFunctions::StateMachine').flatMap(({ properties }) => ofStateMachine(properties)),
];

function ofRule(rule: Value): Submission[] {
  const targets = (rule.at('Targets').items ?? []).filter((target) => !target.at('BatchParameters').isAbsent);
  return targets.map((target) => ({
    at: target,
    job: referredJobDefinition(target.at('BatchParameters', 'JobDefinition')),
    queue: referredJobQueue(target.at('Arn')),
    arraySize: target.at('BatchParameters', 'ArrayProperties', 'Size'),
  }));
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
const SUBMIT_JOB = /:states:::(aws-sdk:)?batch:submitJob(\.sync)?$/;

function ofStateMachine(machine: Value): Submission[] {
  const text = machine.at('DefinitionString');
  const tasks = tasksIn((text.isAbsent ? machine.at('Definition') : text.json).at('States'));
  return tasks.map((task) => {
    const parameters = task.at('Arguments').isAbsent ? task.at('Parameters') : task.at('Arguments');
    return {
      at: task,
      job: referredJobDefinition(parameters.at('JobDefinition')),
      queue: referredJobQueue(parameters.at('JobQueue')),
      arraySize: parameters.at('ArrayProperties', 'Size'),
    };
  });
}

/** The states that submit jobs, those inside of maps and branches included. */
function tasksIn(states: Value): Value[] {
  return states.fields.flatMap(([, state]) => {
    const branches = (state.at('Branches').items ?? []).map((branch) => branch.at('States'));
    const inside = [...branches, state.at('ItemProcessor', 'States'), state.at('Iterator', 'States')];
    const resource = state.at('Resource').ending ?? '';
    return [...(SUBMIT_JOB.test(resource) ? [state] : []), ...inside.flatMap(tasksIn)];
  });
}
