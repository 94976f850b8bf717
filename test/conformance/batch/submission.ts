import {
  DeregisterJobDefinitionCommand,
  RegisterJobDefinitionCommand,
  UpdateJobQueueCommand,
} from '@aws-sdk/client-batch';
import { expect } from 'vitest';
import { containerOf, definitionOf, ended, jobOf, placeOf, reaches, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const SUBMIT = 'batch/latest/APIReference/API_SubmitJob.html';
const SIZES = 'batch/latest/APIReference/API_ResourceRequirement.html';
const REFUSED = { name: 'ClientException' };

const register = (
  { clients: { batch }, name }: Target,
  container: object,
  more: Partial<{ jobDefinitionName: string; platformCapabilities: ['FARGATE'] }> = {},
) => {
  const containerProperties = { ...containerOf('true'), ...container };
  const definition = { jobDefinitionName: name('job'), type: 'container', containerProperties, ...more } as const;
  return batch.send(new RegisterJobDefinitionCommand(definition));
};

const sizeOf = (vcpus: string, memory: string) => ({
  resourceRequirements: [
    { type: 'VCPU', value: vcpus },
    { type: 'MEMORY', value: memory },
  ],
});

export const submission = table('AWS Batch', 'Definitions and submissions', [
  {
    behaviour: 'names have 1 to 128 letters, digits, hyphens and underscores, and start with a letter or a digit',
    source: SUBMIT,
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, 'true');
      for (const name of ['-x', '_x', 'a b', 'a.b', 'é', 'x'.repeat(129)]) {
        await expect(submitTo(target, queue, definition, { jobName: name })).rejects.toMatchObject(REFUSED);
        await expect(register(target, {}, { jobDefinitionName: name })).rejects.toMatchObject(REFUSED);
      }
      for (const jobName of ['x', '0-_', 'x'.repeat(128)]) {
        expect(await submitTo(target, queue, definition, { jobName })).toMatch(/^[0-9a-f-]{36}$/);
      }
    },
  },
  {
    behaviour: 'an image is named by up to 255 letters, digits and -_:./#, with a tag or a digest',
    source: 'batch/latest/APIReference/API_ContainerProperties.html',
    test: async (target) => {
      const digest = `sha256:${'0'.repeat(64)}`;
      const right = ['a', 'team/Tool_1.0-x:latest#1', `host.example:5000/team/tool@${digest}`, 'x'.repeat(255)];
      for (const image of right) expect((await register(target, { image })).revision).toBe(1);
      for (const image of ['a b', 'a;b', 'a$b', 'a\n', 'é', 'x'.repeat(256)]) {
        await expect(register(target, { image })).rejects.toMatchObject(REFUSED);
      }
    },
  },
  {
    behaviour: 'a job for a queue that does not exist is refused',
    source: SUBMIT,
    test: async (target) => {
      const definition = await definitionOf(target, 'true');
      await expect(submitTo(target, target.name('none'), definition)).rejects.toMatchObject(REFUSED);
    },
  },
  {
    behaviour: 'a disabled queue takes no jobs, and those in it finish',
    source: 'batch/latest/APIReference/API_UpdateJobQueue.html',
    test: async (target) => {
      const jobQueue = await placeOf(target);
      const definition = await definitionOf(target, 'sleep 0.2');
      const running = await submitTo(target, jobQueue, definition);
      await reaches(target, running, 'RUNNING');
      await target.clients.batch.send(new UpdateJobQueueCommand({ jobQueue, state: 'DISABLED' }));
      await expect(submitTo(target, jobQueue, definition)).rejects.toMatchObject(REFUSED);
      expect((await ended(target, running)).status).toBe('SUCCEEDED');
    },
  },
  {
    behaviour: 'a definition without a revision is its latest active revision',
    source: SUBMIT,
    test: async (target) => {
      const { batch } = target.clients;
      const queue = await placeOf(target);
      const jobDefinitionName = target.name('job');
      for (let revision = 1; revision <= 3; revision += 1) await register(target, {}, { jobDefinitionName });
      await batch.send(new DeregisterJobDefinitionCommand({ jobDefinition: `${jobDefinitionName}:3` }));
      const revisionOf = async (reference: string) =>
        (await jobOf(target, await submitTo(target, queue, reference))).jobDefinition?.split(':').at(-1);
      expect([await revisionOf(jobDefinitionName), await revisionOf(`${jobDefinitionName}:1`)]).toEqual(['2', '1']);
      for (const gone of [`${jobDefinitionName}:3`, `${jobDefinitionName}:4`]) {
        await expect(submitTo(target, queue, gone)).rejects.toMatchObject(REFUSED);
      }
    },
  },
  {
    behaviour:
      'parameters take the place of Ref::name in a command, those of the submission before those of the definition',
    source: 'batch/latest/userguide/job_definition_parameters.html#parameters',
    test: async (target) => {
      const queue = await placeOf(target);
      const command = ['echo', 'ffmpeg', '-i', 'Ref::inputfile', '-c', 'Ref::codec', '-o', 'Ref::outputfile'];
      const definition = await definitionOf(target, '', {
        containerProperties: { ...containerOf(''), command },
        parameters: { codec: 'mp4', outputfile: 'none' },
      });
      const parameters = { inputfile: 'in.avi', outputfile: 'out.mp4' };
      const job = await ended(target, await submitTo(target, queue, definition, { parameters }));
      const expected = ['echo', 'ffmpeg', '-i', 'in.avi', '-c', 'mp4', '-o', 'out.mp4'];
      expect([job.status, job.container?.command]).toEqual(['SUCCEEDED', expected]);
    },
  },
  {
    behaviour: 'overrides replace the command, and add or replace variables and sizes',
    source: 'batch/latest/APIReference/API_ContainerOverrides.html',
    test: async (target) => {
      const queue = await placeOf(target);
      const environment = [
        { name: 'KEPT', value: '1' },
        { name: 'CHANGED', value: '2' },
      ];
      const containerProperties = { ...containerOf('false'), environment };
      const definition = await definitionOf(target, '', { containerProperties });
      const job = await submitTo(target, queue, definition, {
        containerOverrides: {
          command: ['sh', '-c', 'test "$KEPT$CHANGED$NEW" = 134'],
          environment: [
            { name: 'CHANGED', value: '3' },
            { name: 'NEW', value: '4' },
          ],
          resourceRequirements: [{ type: 'MEMORY', value: '128' }],
        },
      });
      const { status, container } = await ended(target, job);
      expect([status, container?.resourceRequirements]).toEqual(['SUCCEEDED', sizeOf('1', '128').resourceRequirements]);
    },
  },
  {
    behaviour: 'variables must not have names that start with AWS_BATCH',
    source: 'batch/latest/APIReference/API_ContainerProperties.html',
    test: async (target) => {
      const queue = await placeOf(target);
      const environment = [{ name: 'AWS_BATCH_MINE', value: 'x' }];
      await expect(register(target, { environment })).rejects.toMatchObject(REFUSED);
      const submitted = submitTo(target, queue, await definitionOf(target, 'true'), {
        containerOverrides: { environment },
      });
      await expect(submitted).rejects.toMatchObject(REFUSED);
    },
  },
  {
    behaviour: 'a container needs at least 4 MiB of memory, and vCPUs',
    source: SIZES,
    test: async (target) => {
      await expect(register(target, sizeOf('1', '3'))).rejects.toMatchObject(REFUSED);
      await expect(register(target, sizeOf('0', '64'))).rejects.toMatchObject(REFUSED);
      await expect(register(target, { resourceRequirements: [] })).rejects.toMatchObject(REFUSED);
    },
  },
  {
    behaviour: 'on Fargate vCPUs and memory must be one of the pairs that there are',
    source: SIZES,
    test: async (target) => {
      const fargate = (vcpus: string, memory: string) =>
        register(
          target,
          { ...sizeOf(vcpus, memory), executionRoleArn: `arn:aws:iam::${target.account}:role/any` },
          { platformCapabilities: ['FARGATE'] },
        );
      const pairs = [
        ...[
          ['0.25', '512'],
          ['0.25', '2048'],
          ['0.5', '4096'],
          ['1', '8192'],
          ['2', '4096'],
          ['4', '30720'],
        ],
        ...[
          ['8', '16384'],
          ['16', '122880'],
        ],
      ];
      for (const [vcpus, memory] of pairs) expect((await fargate(vcpus, memory)).revision).toBe(1);
      for (const [vcpus, memory] of [
        ['0.25', '4096'],
        ['1', '1024'],
        ['2', '2048'],
        ['3', '8192'],
        ['8', '17408'],
      ]) {
        await expect(fargate(vcpus, memory)).rejects.toMatchObject(REFUSED);
      }
    },
  },
  {
    behaviour:
      'a job and its definition have at most 50 tags together where tags are passed on; with more the job fails',
    source: SUBMIT,
    test: async (target) => {
      const queue = await placeOf(target);
      const tags = (prefix: string, count: number) =>
        Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'x']));
      const definition = await definitionOf(target, 'true', { tags: tags('a', 30), propagateTags: true });
      const jobId = await submitTo(target, queue, definition, { tags: tags('b', 30) });
      expect((await ended(target, jobId)).status).toBe('FAILED');
      await expect(submitTo(target, queue, definition, { tags: tags('c', 51) })).rejects.toMatchObject(REFUSED);
    },
  },
  {
    behaviour: 'a submission has at most 30 KiB',
    source: 'batch/latest/userguide/service_limits.html',
    test: async (target) => {
      const queue = await placeOf(target);
      const parameters = { long: 'x'.repeat(31 * 1024) };
      const submitted = submitTo(target, queue, await definitionOf(target, 'true'), { parameters });
      await expect(submitted).rejects.toMatchObject(REFUSED);
    },
  },
]);
