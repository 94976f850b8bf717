import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { beforeEach, describe, expect, test } from 'vitest';
import { PipelineStep, PipelineTrigger } from '../../lib';
import { statementsOf } from '../support/role-statements';
import { sharedQueue } from '../support/shared-queue';
import { definitionOf, readable, valueAt } from '../support/state-machine';
import { type PipelineStack, pipelineStack } from './pipeline-stack';

let given: PipelineStack;

beforeEach(() => {
  given = pipelineStack();
});

const states = () => definitionOf(given.stack).States;

describe('a function that collects', () => {
  beforeEach(() => {
    const { stack, work, pipeline } = given;
    const collector = new lambda.Function(stack, 'Summary', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({});'),
    });
    pipeline({ steps: [PipelineStep.array(work), PipelineStep.collectWith(collector)] });
  });

  test('gets the plan, and leads to the record of a failure', () => {
    expect(states().Summary).toMatchObject({
      Resource: 'arn:${AWS::Partition}:states:::lambda:invoke',
      Next: 'Collect',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Record failure' }],
      Arguments: {
        Payload: {
          pipeline: 'Stack/Flights',
          execution: '{% $states.context.Execution.Id %}',
          plan: '{% $plan %}',
        },
      },
    });
  });

  test('may read items and results, and write results', () => {
    const resources = statementsOf(given.stack, 'SummaryServiceRole').map(({ Resource }) => readable(Resource));
    expect(resources).toEqual([
      '${Data666C94C7.Arn}/submissions/*',
      '${Data666C94C7.Arn}',
      '${Key961B73FD.Arn}',
      '${Data666C94C7.Arn}/submissions/*/results/*',
    ]);
  });
});

test('options of a step go to its job, whatever the number of items', () => {
  const { stack, work, pipeline } = given;
  const bulk = sharedQueue(stack, 'Bulk');
  const options = {
    name: 'Delays',
    queue: bulk,
    command: ['run'],
    environment: { MODE: 'fast' },
    shareIdentifier: 'a',
  };
  pipeline({ steps: [PipelineStep.array(work, options)] });
  const { Delays: many, 'Delays of one item': one } = states();
  const common = {
    JobDefinition: valueAt(one, 'Arguments', 'JobDefinition'),
    JobQueue: bulk.jobQueueArn,
    ShareIdentifier: 'a',
    SchedulingPriorityOverride: 0,
    ContainerOverrides: {
      Command: ['run'],
      Environment: '{% $append([{"Name": "MODE", "Value": "fast"}], ($plan.environment)) %}',
    },
  };
  expect(one.Arguments).toEqual({ ...common, JobName: "{% 'Delays-of-one-item-' & $plan.submissionId %}" });
  expect(many.Arguments).toEqual({
    ...common,
    JobName: "{% 'Delays-' & $plan.submissionId %}",
    ArrayProperties: { Size: '{% $plan.count %}' },
  });
});

test('a manual pipeline has no rule and no dead-letter queue', () => {
  const { bucket, pipeline, stack } = given;
  expect(pipeline({ trigger: PipelineTrigger.manual(), bucket }).deadLetterQueue).toBeUndefined();
  Template.fromStack(stack).resourceCountIs('AWS::Events::Rule', 0);
  Template.fromStack(stack).resourceCountIs('AWS::SQS::Queue', 0);
});
