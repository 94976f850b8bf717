import { describe, expect, test } from 'vitest';
import { jobRequestOf } from '../../../lambda/submit/job-request';
import type { OverrideTarget } from '../../../lib/contracts/submission';
import { refusalOf } from '../support';

const ID = 'a'.repeat(32);
const environment = [{ name: 'A', value: '1' }];

const requestOf = (overrides: readonly OverrideTarget[], variables: Readonly<Record<string, string>> = { A: '1' }) =>
  jobRequestOf(
    { job: 'j', jobDefinition: 'd', queue: 'q', parameters: {}, tags: {}, environment: {}, overrides },
    ID,
    1,
    variables,
  );

const common = { jobName: `j-${ID}`, jobQueue: 'q', jobDefinition: 'd', parameters: {} };

describe('the environment of a submission', () => {
  test('goes to each container of a task', () => {
    expect(requestOf([{ place: 'task', containers: ['work', 'log'] }])).toEqual({
      ...common,
      ecsPropertiesOverride: {
        taskProperties: [
          {
            containers: [
              { name: 'work', environment },
              { name: 'log', environment },
            ],
          },
        ],
      },
    });
  });

  test('goes to each container of a pod', () => {
    expect(requestOf([{ place: 'pod', containers: ['work'] }])).toEqual({
      ...common,
      eksPropertiesOverride: { podProperties: { containers: [{ name: 'work', env: environment }] } },
    });
  });

  test('goes to all nodes', () => {
    expect(
      requestOf([
        { place: 'container', containers: [], targetNodes: '0:0' },
        { place: 'task', containers: ['work'], targetNodes: '1:' },
      ]),
    ).toEqual({
      ...common,
      nodeOverrides: {
        nodePropertyOverrides: [
          { targetNodes: '0:0', containerOverrides: { environment } },
          {
            targetNodes: '1:',
            ecsPropertiesOverride: { taskProperties: [{ containers: [{ name: 'work', environment }] }] },
          },
        ],
      },
    });
  });

  test('counts for each container of a task, and for each node by itself', async () => {
    const long = { A: 'x'.repeat(4_200) };
    const nodes = ['0:0', '1:'].map((targetNodes) => ({ place: 'container', containers: [], targetNodes }) as const);
    expect(() => requestOf(nodes, long)).not.toThrow();
    const task = [{ place: 'task', containers: ['work', 'log'] }] as const;
    expect(await refusalOf(() => requestOf(task, long))).toMatch(
      /^RequestTooLarge: .* characters, AWS Batch takes 8192/,
    );
  });
});
