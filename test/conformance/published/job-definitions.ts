import {
  DescribeJobDefinitionsCommand,
  DescribeJobsCommand,
  type RegisterJobDefinitionCommandInput,
  TerminateJobCommand,
} from '@aws-sdk/client-batch';
import { expect } from 'vitest';
import { ended, linesOf, placeOf, submitTo } from '../kit/jobs';
import { deployed } from '../kit/stacks';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

// Job definitions of the AWS Batch User Guide, "Example job definitions": their fields and values, not our own.
const SOURCE = 'batch/latest/userguide/example-job-definitions.html';
const MNP = 'batch/latest/userguide/mnp-job-def.html';
const EFS = 'batch/latest/userguide/efs-volumes.html';

/** Properties as a template names them. */
const pascalCase = (properties: object): object =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      pascalValue(value),
    ]),
  );

const pascalValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(pascalValue);
  return typeof value === 'object' && value !== null ? pascalCase(value) : value;
};

/** A job definition, deployed as a stack. */
const register = async (
  target: Target,
  definition: Omit<RegisterJobDefinitionCommandInput, 'jobDefinitionName' | 'type'> & { type?: 'multinode' },
) => {
  const { batch } = target.clients;
  const { parameters: Parameters, ...properties } = definition;
  const Properties = { Type: 'container', Parameters, ...pascalCase(properties) };
  const { Job: jobDefinitionArn } = await deployed(target, { Job: { Type: 'AWS::Batch::JobDefinition', Properties } });
  const describe = new DescribeJobDefinitionsCommand({ jobDefinitions: [jobDefinitionArn] });
  const [described] = (await batch.send(describe)).jobDefinitions ?? [];
  return { jobDefinitionArn, described };
};

const resources = (vcpus: string, memory: string) => [
  { type: 'VCPU' as const, value: vcpus },
  { type: 'MEMORY' as const, value: memory },
];

export const jobDefinitions = table('Published examples', 'Job definitions', [
  {
    behaviour:
      '"Use parameter substitution": defaults of the definition and parameters of the submission are in the command',
    source: `${SOURCE}#parameter-substitution`,
    test: async (target) => {
      const { jobDefinitionArn } = await register(target, {
        parameters: { codec: 'mp4' },
        containerProperties: {
          ...{ image: 'my_repo/ffmpeg', resourceRequirements: resources('2', '2000') },
          command: ['ffmpeg', '-i', 'Ref::inputfile', '-c', 'Ref::codec', '-o', 'Ref::outputfile'],
        },
      });
      const queue = await placeOf(target);
      const jobId = await submitTo(target, queue, jobDefinitionArn, {
        parameters: { inputfile: 'in.mov', outputfile: 'out.mp4' },
      });
      const { jobs = [] } = await target.clients.batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
      expect(jobs.at(0)?.container?.command).toEqual(['ffmpeg', '-i', 'in.mov', '-c', 'mp4', '-o', 'out.mp4']);
      await target.clients.batch.send(new TerminateJobCommand({ jobId, reason: 'seen' }));
    },
  },
  {
    behaviour: '"Use environment variables": the variables of the definition are those of the container',
    source: `${SOURCE}#example_environment_variables`,
    // The image exists nowhere.
    local: async (target) => {
      const environment = [
        { name: 'BATCH_FILE_S3_URL', value: 's3://amzn-s3-demo-source-bucket/myjob.sh' },
        { name: 'BATCH_FILE_TYPE', value: 'script' },
      ];
      const { described, jobDefinitionArn } = await register(target, {
        containerProperties: {
          image: 'fetch_and_run',
          resourceRequirements: resources('2', '2000'),
          command: ['myjob.sh', '60'],
          environment,
        },
      });
      expect(described.containerProperties?.environment).toEqual(environment);
      const command = ['sh', '-c', 'echo "$BATCH_FILE_TYPE $BATCH_FILE_S3_URL"'];
      const jobId = await submitTo(target, await placeOf(target), jobDefinitionArn, {
        containerOverrides: { command },
      });
      const lines = await linesOf(target, await ended(target, jobId));
      expect(lines).toEqual(['script s3://amzn-s3-demo-source-bucket/myjob.sh']);
    },
  },
  {
    behaviour: '"Test GPU functionality": a job that asks for a GPU waits on a queue that has none',
    source: `${SOURCE}#example-test-gpu`,
    test: async (target) => {
      const { jobDefinitionArn } = await register(target, {
        containerProperties: {
          ...{ image: 'nvidia/cuda', command: ['sh', '-c', 'nvidia-smi'] },
          resourceRequirements: [{ type: 'GPU', value: '1' }, ...resources('4', '2000')],
        },
      });
      const { batch } = target.clients;
      const jobId = await submitTo(target, await placeOf(target), jobDefinitionArn);
      await target.eventually(async () => {
        const { jobs = [] } = await batch.send(new DescribeJobsCommand({ jobs: [jobId] }));
        expect(jobs.at(0)).toMatchObject({ status: 'RUNNABLE' });
      });
      await batch.send(new TerminateJobCommand({ jobId, reason: 'seen' }));
    },
  },
  {
    behaviour: '"Multi-node parallel job": the nodes of a tensor training, with their volumes and limits',
    source: MNP,
    test: async (target) => {
      const container = {
        ...{ image: 'tensorflow', command: ['node.sh'], resourceRequirements: resources('64', '200000') },
        volumes: [{ host: { sourcePath: '/home/ubuntu/data' }, name: 'v' }],
        mountPoints: [{ containerPath: '/data', readOnly: false, sourceVolume: 'v' }],
        ulimits: [{ hardLimit: -1, name: 'memlock', softLimit: -1 }],
      };
      const { described } = await register(target, {
        type: 'multinode',
        nodeProperties: { numNodes: 2, mainNode: 0, nodeRangeProperties: [{ targetNodes: '0:1', container }] },
      });
      expect(described.nodeProperties).toMatchObject({
        numNodes: 2,
        mainNode: 0,
        nodeRangeProperties: [{ targetNodes: '0:1', container }],
      });
    },
  },
  {
    behaviour: '"Amazon EFS volumes": the volume, its encryption and its access point are kept',
    source: EFS,
    test: async (target) => {
      const efsVolumeConfiguration = {
        ...{ fileSystemId: 'fs-12345678', transitEncryption: 'ENABLED' as const },
        authorizationConfig: { accessPointId: 'fsap-1234567890abcdef1', iam: 'ENABLED' as const },
      };
      const { described } = await register(target, {
        containerProperties: {
          ...{
            image: 'amazonlinux:2',
            command: ['ls', '-la', '/mount/efs'],
            resourceRequirements: resources('1', '2048'),
          },
          volumes: [{ name: 'myEfsVolume', efsVolumeConfiguration }],
          mountPoints: [{ containerPath: '/mount/efs', readOnly: false, sourceVolume: 'myEfsVolume' }],
        },
      });
      expect(described.containerProperties?.volumes).toEqual([{ name: 'myEfsVolume', efsVolumeConfiguration }]);
    },
  },
]);
