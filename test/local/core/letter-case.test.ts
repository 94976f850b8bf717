import { describe, expect, test } from 'vitest';
import { camelCase, pascalCase } from '../../../local/core/letter-case';

/** A request of the API, and the same as CloudFormation, targets and Step Functions write it. */
const REQUESTS: readonly [string, Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>][] = [
  [
    'names at every depth',
    { jobName: 'a', arrayProperties: { size: 2 }, dependsOn: [{ jobId: '1', type: 'N_TO_N' }] },
    { JobName: 'a', ArrayProperties: { Size: 2 }, DependsOn: [{ JobId: '1', Type: 'N_TO_N' }] },
  ],
  [
    'values',
    {
      containerOverrides: { command: ['Run', 'IT'], environment: [{ name: 'Depth', value: null }] },
      propagateTags: true,
    },
    {
      ContainerOverrides: { Command: ['Run', 'IT'], Environment: [{ Name: 'Depth', Value: null }] },
      PropagateTags: true,
    },
  ],
  [
    'maps with keys of the user, which stay as they are',
    {
      ...{ parameters: { Codec: 'x', depth: 'y' }, tags: { Team: 'a', owner: 'b' } },
      containerProperties: {
        logConfiguration: { options: { 'awslogs-group': 'G', Mode: 'm' } },
        volumes: [{ dockerVolumeConfiguration: { driverOpts: { Type: 'nfs' }, labels: { Owner: 'a' } } }],
      },
      eksProperties: {
        podProperties: { metadata: { annotations: { Note: 'n' } }, resources: { limits: { Cpu: '1' } } },
      },
      computeResources: { capacityTags: { Team: 'a' } },
    },
    {
      ...{ Parameters: { Codec: 'x', depth: 'y' }, Tags: { Team: 'a', owner: 'b' } },
      ContainerProperties: {
        LogConfiguration: { Options: { 'awslogs-group': 'G', Mode: 'm' } },
        Volumes: [{ DockerVolumeConfiguration: { DriverOpts: { Type: 'nfs' }, Labels: { Owner: 'a' } } }],
      },
      EksProperties: {
        PodProperties: { Metadata: { Annotations: { Note: 'n' } }, Resources: { Limits: { Cpu: '1' } } },
      },
      ComputeResources: { CapacityTags: { Team: 'a' } },
    },
  ],
  [
    'lists under such a name, for their members are of the API',
    { stateMachineArn: 'arn', tags: [{ key: 'Team', value: 'A' }] },
    { StateMachineArn: 'arn', Tags: [{ Key: 'Team', Value: 'A' }] },
  ],
];

describe.each(REQUESTS)('%s', (_, camel, pascal) => {
  test('in camelCase, from either', () => {
    expect(camelCase(pascal)).toEqual(camel);
    expect(camelCase(camel)).toEqual(camel);
  });

  test('in PascalCase, from either', () => {
    expect(pascalCase(camel)).toEqual(pascal);
    expect(pascalCase(pascal)).toEqual(pascal);
  });
});
