import type { Secret } from '@aws-sdk/client-batch';
import { CreateSecretCommand, DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import { DeleteParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { makeRole } from '../kit/acting';
import {
  containerOf,
  definitionOf,
  ended,
  environmentOf,
  jobOf,
  linesOf,
  placeOf,
  queueOf,
  submitTo,
} from '../kit/jobs';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const VARIABLES = 'batch/latest/userguide/job_env_vars.html';
const SECRETS = 'batch/latest/userguide/specifying-sensitive-data-secrets.html';
const SHOW = 'env | grep ^AWS_BATCH_ | sort';

/** The lines of a job whose container has secrets, which its execution role may read. */
const withSecrets = async (target: Target, secrets: Secret[]): Promise<readonly string[]> => {
  const Action = ['logs:*', 'ssm:GetParameters', 'secretsmanager:GetSecretValue'];
  const statements = [{ Effect: 'Allow', Action, Resource: '*' }];
  const executionRoleArn = await makeRole(target, statements, { Service: 'ecs-tasks.amazonaws.com' });
  const containerProperties = { ...containerOf('echo "$ONE $TWO"'), executionRoleArn, secrets };
  const definition = await definitionOf(target, '', { containerProperties });
  return linesOf(target, await ended(target, await submitTo(target, await placeOf(target), definition)));
};

export const variables = table('AWS Batch', 'Variables and secrets', [
  {
    behaviour: 'a job knows its id, its attempt from 1 on, its queue and its compute environment',
    source: VARIABLES,
    test: async (target) => {
      const environment = await environmentOf(target);
      const queue = await queueOf(target, [environment]);
      const definition = await definitionOf(target, `${SHOW}; exit 1`, { retryStrategy: { attempts: 2 } });
      const jobId = await submitTo(target, queue, definition);
      expect(await linesOf(target, await ended(target, jobId))).toEqual([
        `AWS_BATCH_CE_NAME=${environment}`,
        'AWS_BATCH_JOB_ATTEMPT=2',
        `AWS_BATCH_JOB_ID=${jobId}`,
        `AWS_BATCH_JQ_NAME=${queue}`,
      ]);
    },
  },
  {
    behaviour: 'only a child of an array knows its index, from 0 on, and the size of the array',
    source: VARIABLES,
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, SHOW);
      const jobId = await submitTo(target, queue, definition, { arrayProperties: { size: 2 } });
      await ended(target, jobId);
      for (const index of [0, 1]) {
        const lines = await linesOf(target, await jobOf(target, `${jobId}:${index}`));
        expect(lines).toContain(`AWS_BATCH_JOB_ARRAY_INDEX=${index}`);
        expect(lines).toContain('AWS_BATCH_JOB_ARRAY_SIZE=2');
        expect(lines).toContain(`AWS_BATCH_JOB_ID=${jobId}:${index}`);
      }
    },
  },
  {
    behaviour: 'a secret is a parameter of Systems Manager, by its name or its ARN',
    source: 'batch/latest/userguide/specifying-sensitive-data-parameters.html',
    test: async (target) => {
      const { ssm } = target.clients;
      const Name = target.name('parameter');
      await ssm.send(new PutParameterCommand({ Name, Value: 'hidden', Type: 'SecureString' }));
      target.cleanup(() => ssm.send(new DeleteParameterCommand({ Name })));
      const arn = `arn:aws:ssm:${target.region}:${target.account}:parameter/${Name}`;
      const secrets = [
        { name: 'ONE', valueFrom: Name },
        { name: 'TWO', valueFrom: arn },
      ];
      expect(await withSecrets(target, secrets)).toEqual(['hidden hidden']);
    },
  },
  {
    behaviour: 'a secret is one of Secrets Manager by its ARN, or the value of one of its keys',
    source: SECRETS,
    test: async (target) => {
      const { secrets } = target.clients;
      const SecretString = '{"password":"hidden"}';
      const { ARN = '' } = await secrets.send(new CreateSecretCommand({ Name: target.name('secret'), SecretString }));
      target.cleanup(() => secrets.send(new DeleteSecretCommand({ SecretId: ARN, ForceDeleteWithoutRecovery: true })));
      const wanted = [
        { name: 'ONE', valueFrom: ARN },
        { name: 'TWO', valueFrom: `${ARN}:password::` },
      ];
      expect(await withSecrets(target, wanted)).toEqual([`${SecretString} hidden`]);
    },
  },
  {
    behaviour: 'a job whose secret cannot be had fails',
    source: SECRETS,
    test: async (target) => {
      const statements = [{ Effect: 'Allow', Action: ['logs:*', 'ssm:GetParameters'], Resource: '*' }];
      const executionRoleArn = await makeRole(target, statements, { Service: 'ecs-tasks.amazonaws.com' });
      const secrets = [{ name: 'ONE', valueFrom: target.name('none') }];
      const containerProperties = { ...containerOf('true'), executionRoleArn, secrets };
      const definition = await definitionOf(target, '', { containerProperties });
      const job = await ended(target, await submitTo(target, await placeOf(target), definition));
      expect(job.status).toBe('FAILED');
      expect(job.statusReason).toMatch(/^ResourceInitializationError: /);
    },
  },
]);
