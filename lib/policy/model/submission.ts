import type { Template, Value } from '../template/template';
import { type JobDefinition, referredJobDefinition } from './job-definition';
import { type JobQueue, referredJobQueue } from './job-queue';

/** A job that something of a template submits. @internal */
export interface Submission {
  /** Where it says so. */
  readonly at: Value;
  /** The job definition, if it is of the same template. */
  readonly job?: JobDefinition;
  /** The job queue, if it is of the same template. */
  readonly queue?: JobQueue;
  /** What is submitted, in the words of SubmitJob. */
  readonly request: Value;
  /** What a rule or a pipe hands over beside it. */
  readonly input?: Value;
  readonly shareIdentifier: Value;
}

/** The jobs that rules, pipes, schedules and state machines of a template submit. @internal */
export const submissionsOf = (template: Template): Submission[] => [
  ...template.ofType('AWS::Events::Rule').flatMap(({ properties }) => ofRule(properties)),
  ...template.ofType('AWS::Pipes::Pipe').flatMap(({ properties }) => ofPipe(properties)),
  ...template.ofType('AWS::Scheduler::Schedule').flatMap(({ properties }) => ofSchedule(properties)),
  ...template.ofType('AWS::StepFunctions::StateMachine').flatMap(({ properties }) => ofStateMachine(properties)),
];

function ofRule(rule: Value): Submission[] {
  return (rule.at('Targets').items ?? []).flatMap((target) => {
    const inputs = [target.at('Input'), target.at('InputPath'), target.at('InputTransformer', 'InputTemplate')];
    return ofTarget(target, target.at('BatchParameters'), target.at('Arn'), inputs);
  });
}

function ofPipe(pipe: Value): Submission[] {
  const parameters = pipe.at('TargetParameters');
  return ofTarget(pipe, parameters.at('BatchJobParameters'), pipe.at('Target'), [parameters.at('InputTemplate')]);
}

/** A target with parameters of AWS Batch, which have no share identifier: it would be in the input, if anywhere. */
function ofTarget(at: Value, request: Value, queue: Value, inputs: readonly Value[]): Submission[] {
  if (request.isAbsent) return [];
  const input = inputs.find(({ isAbsent }) => !isAbsent)?.json;
  return [{ ...submission(at, request, queue), input, shareIdentifier: shareIn(input ?? request) }];
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
const SCHEDULED_SUBMIT_JOB = ':scheduler:::aws-sdk:batch:submitJob';

function ofSchedule(schedule: Value): Submission[] {
  const target = schedule.at('Target');
  if (target.at('Arn').ending?.endsWith(SCHEDULED_SUBMIT_JOB) !== true) return [];
  return [submission(target, target.at('Input').json)];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
const SUBMIT_JOB = /:states:::(aws-sdk:)?batch:submitJob(\.sync)?$/;

function ofStateMachine(machine: Value): Submission[] {
  const text = machine.at('DefinitionString');
  const tasks = tasksIn((text.isAbsent ? machine.at('Definition') : text.json).at('States'));
  return tasks.map((task) =>
    submission(task, task.at('Arguments').isAbsent ? task.at('Parameters') : task.at('Arguments')),
  );
}

function submission(at: Value, request: Value, queue = request.at('JobQueue')): Submission {
  return {
    at,
    job: referredJobDefinition(request.at('JobDefinition')),
    queue: referredJobQueue(queue),
    request,
    shareIdentifier: shareIn(request),
  };
}

/** The share identifier of a request; `ShareIdentifier.$` is a path into the input of a state. */
function shareIn(request: Value): Value {
  const names = ['ShareIdentifier', 'ShareIdentifier.$', 'shareIdentifier'];
  const found = names.map((name) => request.at(name)).find(({ isAbsent }) => !isAbsent);
  return found ?? request.at('ShareIdentifier');
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
