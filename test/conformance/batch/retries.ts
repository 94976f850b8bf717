import type { EvaluateOnExit, RegisterJobDefinitionCommandInput } from '@aws-sdk/client-batch';
import { expect } from 'vitest';
import { makeRole } from '../kit/acting';
import { containerOf, definitionOf, ended, placeOf, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { OwnTarget, Target } from '../kit/target';

const SOURCE = 'batch/latest/userguide/job_retries.html';
const RULES = 'batch/latest/APIReference/API_EvaluateOnExit.html';

/** How often a job that ends with an exit code is tried. */
const attempts = async (target: Target, exitCode: number, strategy: object): Promise<number | undefined> => {
  const queue = await placeOf(target);
  const definition = await definitionOf(target, `exit ${exitCode}`, { retryStrategy: strategy });
  return (await ended(target, await submitTo(target, queue, definition))).attempts?.length;
};

const exit = (onExitCode: string): EvaluateOnExit => ({ onExitCode, action: 'EXIT' });
const retry = (onExitCode: string): EvaluateOnExit => ({ onExitCode, action: 'RETRY' });

/** What a job on Fargate needs beyond others. */
const onFargate = async (target: OwnTarget): Promise<Partial<RegisterJobDefinitionCommandInput>> => {
  const logs = [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }];
  const executionRoleArn = await makeRole(target, logs, { Service: 'ecs-tasks.amazonaws.com' });
  const resourceRequirements = [
    { type: 'VCPU' as const, value: '0.25' },
    { type: 'MEMORY' as const, value: '512' },
  ];
  return {
    platformCapabilities: ['FARGATE'],
    containerProperties: { ...containerOf('sleep 0.2'), executionRoleArn, resourceRequirements },
  };
};

/** A job on Spot capacity that is taken back from its first attempts. */
const reclaimed = async (target: OwnTarget, type: 'SPOT' | 'FARGATE_SPOT', times: number, rules: EvaluateOnExit[]) => {
  target.endpoint.world.faults.set([{ kind: 'reclaim', at: 'batch:*', times }]);
  const isFargate = type === 'FARGATE_SPOT';
  const resources = isFargate
    ? { type, instanceTypes: undefined, minvCpus: undefined, instanceRole: undefined }
    : { type, allocationStrategy: 'SPOT_CAPACITY_OPTIMIZED' as const };
  const queue = await placeOf(target, resources);
  const retryStrategy = { attempts: 3, evaluateOnExit: rules };
  const more = isFargate ? await onFargate(target) : {};
  const definition = await definitionOf(target, 'sleep 0.2', { ...more, retryStrategy });
  return ended(target, await submitTo(target, queue, definition));
};

export const retries = table('AWS Batch', 'Retries', [
  {
    behaviour: 'a failed job is tried again until its attempts are used up',
    source: SOURCE,
    test: async (target) => {
      expect(await attempts(target, 1, { attempts: 3 })).toBe(3);
    },
  },
  {
    behaviour: 'a job that succeeds is not tried again',
    source: SOURCE,
    test: async (target) => {
      expect(await attempts(target, 0, { attempts: 3 })).toBe(1);
    },
  },
  {
    behaviour: 'the first rule whose conditions match decides',
    source: RULES,
    test: async (target) => {
      expect(await attempts(target, 3, { attempts: 3, evaluateOnExit: [exit('3'), retry('*')] })).toBe(1);
      expect(await attempts(target, 4, { attempts: 3, evaluateOnExit: [exit('3'), retry('*')] })).toBe(3);
    },
  },
  {
    behaviour: 'a pattern may end with a star',
    source: RULES,
    test: async (target) => {
      expect(await attempts(target, 13, { attempts: 3, evaluateOnExit: [exit('1*')] })).toBe(1);
      expect(await attempts(target, 1, { attempts: 3, evaluateOnExit: [{ onReason: '*', action: 'EXIT' }] })).toBe(1);
    },
  },
  {
    behaviour: 'a job whose exit matches no rule is tried again',
    source: SOURCE,
    test: async (target) => {
      expect(await attempts(target, 5, { attempts: 2, evaluateOnExit: [exit('3')] })).toBe(2);
    },
  },
  {
    behaviour: 'all conditions of a rule must match',
    source: RULES,
    test: async (target) => {
      const both: EvaluateOnExit = { onExitCode: '5', onStatusReason: 'Host EC2*', action: 'EXIT' };
      expect(await attempts(target, 5, { attempts: 2, evaluateOnExit: [both] })).toBe(2);
    },
  },
  {
    behaviour: 'rules need the number of attempts, at most 5 of them, and patterns without brackets',
    source: 'batch/latest/APIReference/API_RetryStrategy.html',
    test: async (target) => {
      const refused = async (retryStrategy: object) => {
        await expect(definitionOf(target, 'true', { retryStrategy })).rejects.toMatchObject({
          name: 'ClientException',
        });
      };
      await refused({ evaluateOnExit: [exit('1')] });
      await refused({ attempts: 11 });
      await refused({ attempts: 1, evaluateOnExit: Array.from({ length: 6 }, () => exit('1')) });
      await refused({ attempts: 1, evaluateOnExit: [{ onReason: 'a(b)', action: 'EXIT' }] });
      await refused({ attempts: 1, evaluateOnExit: [exit('1a')] });
    },
  },
  {
    behaviour: 'an attempt whose Spot instance is taken back fails with the reason of its host, which a rule can retry',
    source: 'batch/latest/userguide/job_retries.html',
    local: async (target) => {
      const rules: EvaluateOnExit[] = [
        { onStatusReason: 'Host EC2*', action: 'RETRY' },
        { onReason: '*', action: 'EXIT' },
      ];
      const job = await reclaimed(target, 'SPOT', 1, rules);
      expect(job).toMatchObject({ status: 'SUCCEEDED' });
      expect(job.attempts?.map(({ statusReason }) => statusReason)).toEqual([
        'Host EC2 (instance i-0123456789abcdef0) terminated.',
        'Essential container in task exited',
      ]);
    },
  },
  {
    behaviour: 'an attempt whose Spot capacity on Fargate is taken back says so, and can be tried again',
    source: 'AmazonECS/latest/developerguide/fargate-capacity-providers.html',
    local: async (target) => {
      const rules: EvaluateOnExit[] = [{ onStatusReason: 'Your Spot Task was interrupted*', action: 'RETRY' }];
      const job = await reclaimed(target, 'FARGATE_SPOT', 1, rules);
      expect(job.status).toBe('SUCCEEDED');
      expect(job.attempts?.at(0)?.statusReason).toBe('Your Spot Task was interrupted.');
    },
  },
]);
