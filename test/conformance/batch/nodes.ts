import { ListJobsCommand, type NodeProperties, RegisterJobDefinitionCommand } from '@aws-sdk/client-batch';
import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect } from 'vitest';
import { containerOf, ended, jobOf, placeOf, submitTo } from '../kit/jobs';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const SOURCE = 'batch/latest/userguide/multi-node-parallel-jobs.html';
const VARIABLES = 'batch/latest/userguide/job_env_vars.html';

const definitionOf = async ({ clients: { batch }, name }: Target, nodeProperties: NodeProperties): Promise<string> => {
  const { jobDefinitionArn = '' } = await batch.send(
    new RegisterJobDefinitionCommand({ jobDefinitionName: name('nodes'), type: 'multinode', nodeProperties }),
  );
  return jobDefinitionArn;
};

const nodes = (numNodes: number, main: string, others: string): NodeProperties => ({
  ...{ numNodes, mainNode: 0 },
  nodeRangeProperties: [
    { targetNodes: '0', container: containerOf(main) },
    { targetNodes: '1:', container: containerOf(others) },
  ],
});

const logOf = async ({ clients: { logs } }: Target, logStreamName = ''): Promise<string> => {
  const { events = [] } = await logs.send(
    new GetLogEventsCommand({ logGroupName: '/aws/batch/job', logStreamName, startFromHead: true }),
  );
  return events.map(({ message = '' }) => message).join('\n');
};

const SHOW =
  'echo index=$AWS_BATCH_JOB_NODE_INDEX main=$AWS_BATCH_JOB_MAIN_NODE_INDEX nodes=$AWS_BATCH_JOB_NUM_NODES ' +
  'address=${AWS_BATCH_JOB_MAIN_NODE_PRIVATE_IPV4_ADDRESS:-none}';

export const multiNode = table('AWS Batch', 'Multi-node parallel jobs', [
  {
    behaviour: 'each node gets its index, that of the main node and their number; all but the main node its address',
    source: VARIABLES,
    differs: 'all nodes are processes of one machine, so the address is 127.0.0.1',
    test: async (target) => {
      const queue = await placeOf(target);
      const jobId = await submitTo(target, queue, await definitionOf(target, nodes(3, `${SHOW}; sleep 0.3`, SHOW)));
      await ended(target, jobId);
      const logs = await Promise.all(
        [0, 1, 2].map(async (index) =>
          logOf(target, (await jobOf(target, `${jobId}#${index}`)).container?.logStreamName),
        ),
      );
      expect(logs[0]).toContain('index=0 main=0 nodes=3 address=none');
      expect(logs[1]).toMatch(/index=1 main=0 nodes=3 address=\d+\.\d+\.\d+\.\d+/);
      expect(logs[2]).toMatch(/index=2 main=0 nodes=3 address=\d/);
    },
  },
  {
    behaviour: 'the job ends with its main node, whose exit code is that of the job, and the other nodes are stopped',
    source: SOURCE,
    test: async (target) => {
      const queue = await placeOf(target);
      const fine = await submitTo(target, queue, await definitionOf(target, nodes(2, 'sleep 0.1', 'sleep 600')));
      expect((await ended(target, fine)).status).toBe('SUCCEEDED');
      const failed = await submitTo(target, queue, await definitionOf(target, nodes(2, 'exit 7', 'true')));
      const { status, attempts } = await ended(target, failed);
      expect([status, attempts?.at(0)?.container?.exitCode]).toEqual(['FAILED', 7]);
    },
  },
  {
    behaviour: 'a submission may change the number of nodes and what runs on some of them',
    source: 'batch/latest/APIReference/API_NodeOverrides.html',
    test: async (target) => {
      const queue = await placeOf(target);
      const definition = await definitionOf(target, nodes(2, 'sleep 0.2', 'true'));
      const nodeOverrides = {
        numNodes: 3,
        nodePropertyOverrides: [{ targetNodes: '2:', containerOverrides: { command: ['sh', '-c', 'echo other'] } }],
      };
      const jobId = await submitTo(target, queue, definition, { nodeOverrides });
      await ended(target, jobId);
      expect(await logOf(target, (await jobOf(target, `${jobId}#2`)).container?.logStreamName)).toContain('other');
    },
  },
  {
    behaviour: 'nodes are listed by the id of their job',
    source: 'batch/latest/APIReference/API_ListJobs.html',
    test: async (target) => {
      const queue = await placeOf(target);
      const jobId = await submitTo(target, queue, await definitionOf(target, nodes(2, 'true', 'true')));
      await ended(target, jobId);
      const list = new ListJobsCommand({ multiNodeJobId: jobId, jobStatus: 'SUCCEEDED' });
      const { jobSummaryList = [] } = await target.clients.batch.send(list);
      expect(jobSummaryList.map(({ jobId: id, nodeProperties }) => [id, nodeProperties])).toEqual([
        [`${jobId}#0`, { nodeIndex: 0, isMainNode: true, numNodes: 2 }],
        [`${jobId}#1`, { nodeIndex: 1, isMainNode: false, numNodes: 2 }],
      ]);
    },
  },
  {
    behaviour: 'node ranges must cover all nodes',
    source: 'batch/latest/APIReference/API_NodeProperties.html',
    test: async (target) => {
      const gap: NodeProperties = {
        ...nodes(3, 'true', 'true'),
        nodeRangeProperties: [{ targetNodes: '0:1', container: containerOf('true') }],
      };
      await expect(definitionOf(target, gap)).rejects.toMatchObject({ name: 'ClientException' });
    },
  },
]);
