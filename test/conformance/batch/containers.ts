import { type JobDetail, RegisterJobDefinitionCommand, type TaskContainerProperties } from '@aws-sdk/client-batch';
import { expect } from 'vitest';
import { makeRole } from '../kit/acting';
import { containerOf, definitionOf, ended, linesOf, placeOf, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const CONTAINER = 'batch/latest/APIReference/API_TaskContainerProperties.html';
const DEPENDENCY = 'batch/latest/APIReference/API_TaskContainerDependency.html';

type Condition = 'START' | 'COMPLETE' | 'SUCCESS';

const container = (name: string, script: string, more: Partial<TaskContainerProperties> = {}) => ({
  ...{ name, ...containerOf(script) },
  ...more,
});
/** A container without which the job goes on. */
const helper = (name: string, script: string, more: Partial<TaskContainerProperties> = {}) =>
  container(name, script, { essential: false, ...more });
const after = (containerName: string, condition: Condition) => ({ dependsOn: [{ containerName, condition }] });

const define = async ({ clients: { batch }, name }: Target, ...containers: TaskContainerProperties[]) => {
  const { jobDefinitionArn = '' } = await batch.send(
    new RegisterJobDefinitionCommand({
      ...{ jobDefinitionName: name('task'), type: 'container' },
      ecsProperties: { taskProperties: [{ containers }] },
    }),
  );
  return jobDefinitionArn;
};

const run = async (target: Target, ...containers: TaskContainerProperties[]): Promise<JobDetail> =>
  ended(target, await submitTo(target, await placeOf(target), await define(target, ...containers)));

const codesOf = ({ ecsProperties }: JobDetail) =>
  ecsProperties?.taskProperties?.at(0)?.containers?.map(({ exitCode }) => exitCode);

const refused = async (target: Target, ...containers: TaskContainerProperties[]) => {
  await expect(define(target, ...containers)).rejects.toMatchObject({ name: 'ClientException' });
};

export const containers = table('AWS Batch', 'Jobs of several containers', [
  {
    behaviour: 'START lets a container start when another one has started',
    source: DEPENDENCY,
    test: async (target) => {
      const job = await run(
        target,
        helper('side', "trap 'exit 9' TERM; while true; do sleep 0.02; done"),
        container('main', 'sleep 0.2; exit 0', after('side', 'START')),
      );
      expect([job.status, codesOf(job)]).toEqual(['SUCCEEDED', [9, 0]]);
    },
  },
  {
    behaviour: 'COMPLETE waits for the end of another container, whatever its exit code',
    source: DEPENDENCY,
    test: async (target) => {
      const job = await run(
        target,
        helper('first', 'sleep 0.1; exit 3'),
        container('main', 'exit 0', after('first', 'COMPLETE')),
      );
      expect([job.status, codesOf(job)]).toEqual(['SUCCEEDED', [3, 0]]);
    },
  },
  {
    behaviour: 'SUCCESS waits for the exit code 0 of another container, and does not start without it',
    source: DEPENDENCY,
    test: async (target) => {
      const main = container('main', 'exit 0', after('first', 'SUCCESS'));
      const good = await run(target, helper('first', 'exit 0'), main);
      expect([good.status, codesOf(good)]).toEqual(['SUCCEEDED', [0, 0]]);
      const bad = await run(target, helper('first', 'exit 3'), main);
      expect([bad.status, codesOf(bad)]).toEqual(['FAILED', [3, undefined]]);
    },
  },
  {
    behaviour: 'COMPLETE and SUCCESS cannot be set on an essential container, START can',
    source: DEPENDENCY,
    test: async (target) => {
      const first = container('first', 'true');
      for (const condition of ['COMPLETE', 'SUCCESS'] as const) {
        await refused(target, first, container('main', 'true', after('first', condition)));
      }
      expect(await define(target, first, container('main', 'true', after('first', 'START')))).toMatch(/:1$/);
    },
  },
  {
    behaviour: 'the job ends with an essential container, whose exit code counts, and the others are stopped',
    source: CONTAINER,
    test: async (target) => {
      const job = await run(target, container('main', 'exit 7'), container('other', 'sleep 600'));
      expect([job.status, codesOf(job)?.at(0)]).toEqual(['FAILED', 7]);
    },
  },
  {
    behaviour: 'a container that is not essential does not affect the others when it fails',
    source: CONTAINER,
    test: async (target) => {
      const job = await run(target, helper('side', 'exit 3'), container('main', 'sleep 0.2'));
      expect([job.status, codesOf(job)]).toEqual(['SUCCEEDED', [3, 0]]);
    },
  },
  {
    behaviour: 'a job needs an essential container, names that differ, and at most 10 containers',
    source: CONTAINER,
    test: async (target) => {
      await refused(target, helper('main', 'true'));
      await refused(target, container('main', 'true'), container('main', 'true'));
      await refused(target, ...Array.from({ length: 11 }, (_, index) => container(`c${index}`, 'true')));
    },
  },
  {
    behaviour: 'without a log group of its own a job writes to /aws/batch/job, which AWS Batch makes by itself',
    source: 'aws-managed-policy/latest/reference/BatchServiceRolePolicy.html',
    local: async (target) => {
      const statements = [{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' }];
      const executionRoleArn = await makeRole(target, statements, { Service: 'ecs-tasks.amazonaws.com' });
      const containerProperties = { ...containerOf('echo hello'), executionRoleArn };
      const definition = await definitionOf(target, '', { containerProperties });
      const job = await ended(target, await submitTo(target, await placeOf(target), definition));
      expect(await linesOf(target, job)).toEqual(['hello']);
    },
  },
  {
    behaviour: 'a job whose output goes elsewhere needs no right on CloudWatch Logs',
    source: 'batch/latest/APIReference/API_LogConfiguration.html',
    differs: 'its output is in /aws/batch/job here, written by nobody who would need a right',
    local: async (target) => {
      const executionRoleArn = await makeRole(target, [], { Service: 'ecs-tasks.amazonaws.com' });
      const logConfiguration = { logDriver: 'splunk', options: { 'splunk-url': 'https://logs.example.com' } } as const;
      const containerProperties = { ...containerOf('echo hello'), executionRoleArn, logConfiguration };
      const definition = await definitionOf(target, '', { containerProperties });
      const { status } = await ended(target, await submitTo(target, await placeOf(target), definition));
      expect(status).toBe('SUCCEEDED');
    },
  },
]);
