import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { beforeEach, describe, expect, test } from 'vitest';
import { ArraySize, JobDependency, PlatformCapability, SubmitJobTask, type SubmitJobTaskProps } from '../../lib';
import { ONE_CONTAINER, PlainJob } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { newStack } from '../support/stack';
import { type State, stateOf } from '../support/state-machine';

let stack: Stack;

beforeEach(() => {
  stack = newStack();
});

function task(props: Partial<SubmitJobTaskProps>): SubmitJobTask {
  const job = new PlainJob(stack, 'Job', new PlainQueue(stack, 'Queue', PlatformCapability.EC2), ONE_CONTAINER);
  return new SubmitJobTask(stack, 'Work', { job, ...props });
}
const state = (props: Partial<SubmitJobTaskProps>): State => stateOf(task(props));

describe('dependencies', () => {
  test('may be on whole jobs, on children and on the children before', () => {
    const arraySize = ArraySize.of(10);
    const dependsOn = [
      JobDependency.on('{% $first.JobId %}'),
      JobDependency.nToN('{% $second.JobId %}', { arraySize }),
      JobDependency.nToN('{% $third.JobId %}', { arraySize: ArraySize.fromExpression('{% $count %}') }),
      JobDependency.sequential(),
    ];
    expect(state({ arraySize, dependsOn })).toMatchObject({
      Arguments: {
        DependsOn: [
          { JobId: '{% $first.JobId %}' },
          { JobId: '{% $second.JobId %}', Type: 'N_TO_N' },
          { JobId: '{% $third.JobId %}', Type: 'N_TO_N' },
          { Type: 'SEQUENTIAL' },
        ],
      },
    });
  });

  const many = (count: number): JobDependency[] => Array.from({ length: count }, () => JobDependency.on('a'));

  test('may be 20', () => {
    expect(() => task({ dependsOn: many(20) })).not.toThrow();
  });

  test('refuse to be 21', () => {
    expect(() => task({ dependsOn: many(21) })).toThrow(
      "'dependsOn' must hold at most 20 dependencies, got 21: let the job wait for one array job instead of many jobs " +
        '(in Stack/Work) [cdk-batch-platform:pipeline-dependencies]',
    );
  });

  test('refuse to be child by child between arrays of different sizes', () => {
    const dependsOn = [JobDependency.nToN('a', { arraySize: ArraySize.of(9) })];
    expect(() => task({ arraySize: ArraySize.of(10), dependsOn })).toThrow(
      "'dependsOn[0]' waits child by child for a job of 9 children, but 'arraySize' is 10: both must be equal, or use " +
        'JobDependency.on() to wait for the whole job (in Stack/Work) [cdk-batch-platform:pipeline-dependency-array]',
    );
  });

  test.each([JobDependency.nToN('a'), JobDependency.sequential()])(
    'refuse to be of type $dependencyType for a job without children',
    (dependency) => {
      expect(() => task({ dependsOn: [dependency] })).toThrow(
        `'dependsOn[0]' is of type ${dependency.dependencyType ?? ''}, which is for array jobs: give an 'arraySize'`,
      );
    },
  );

  test('may have sizes that are known only at deploy time', () => {
    const arraySize = ArraySize.of(new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber);
    const dependsOn = [JobDependency.nToN('a', { arraySize: ArraySize.of(9) })];
    expect(() => task({ arraySize, dependsOn })).not.toThrow();
  });
});
