import type { Case } from '../support';
import { pipe, rule, schedule, task } from './submitters';

const command = (length: number): object => ({ Command: ['run', 'x'.repeat(length - 3)] });
const variable = (length: number): object => ({ Environment: [{ Name: 'DAY', Value: 'x'.repeat(length - 3) }] });
const input = (value: object): object => ({ Input: JSON.stringify(value) });
const TASK = (...names: string[]): object => ({
  EcsPropertiesOverride: { TaskProperties: [{ Containers: names.map((Name) => ({ Name })) }] },
});
const POD = (name: string, list = 'Containers'): object => ({
  EksPropertiesOverride: { PodProperties: { [list]: [{ Name: name }] } },
});
const NODES = { NodeOverrides: { NumNodes: 4 } };
const IN_POD = 'Schedule.Target.Input.EksPropertiesOverride.PodProperties';

export const OVERRIDE_CASES: readonly Case[] = [
  {
    check: 'pipeline-overrides',
    at: 'Schedule.Target.Input.ContainerOverrides',
    bad: { Schedule: schedule('TaskJob', 'Queue', { ContainerOverrides: command(9) }) },
    good: { Schedule: schedule('Job', 'Queue', { ContainerOverrides: command(9) }) },
  },
  {
    check: 'pipeline-overrides',
    at: 'Schedule.Target.Input.NodeOverrides',
    bad: { Schedule: schedule('Job', 'Queue', NODES) },
    good: { Schedule: schedule('NodesJob', 'Queue', NODES) },
  },
  {
    check: 'pipeline-overrides',
    at: 'Rule.Targets.0.Input.ContainerOverrides',
    bad: { Rule: rule('NodesJob', 'Queue', {}, input({ ContainerOverrides: command(9) })) },
    good: { Rule: rule('Job', 'Queue', {}, input({ ContainerOverrides: command(9) })) },
  },
  {
    check: 'pipeline-overrides',
    at: 'Rule.Targets.0.Input.NodeOverrides',
    bad: { Rule: rule('Job', 'Queue', {}, input(NODES)) },
    good: { Rule: rule('Job', 'Queue', {}, { InputPath: '$.detail' }) },
  },
  {
    check: 'pipeline-overrides',
    at: 'Pipe.TargetParameters.BatchJobParameters.ContainerOverrides',
    bad: { Pipe: pipe('PodJob', 'Queue', { ContainerOverrides: command(9) }) },
    good: { Pipe: pipe('Elsewhere', 'Queue', { ContainerOverrides: command(9) }) },
  },
  {
    check: 'pipeline-overrides',
    at: 'Machine.Definition.States.One.Parameters.EcsPropertiesOverride',
    bad: { Machine: task('Queue', TASK('main')) },
    good: { Machine: task('Queue', TASK('main')), 'Job.EcsProperties': { Ref: 'Elsewhere' } },
  },
  {
    check: 'pipeline-overrides',
    at: 'Schedule.Target.Input.EcsPropertiesOverride.TaskProperties.0.Containers.1.Name',
    bad: { Schedule: schedule('TaskJob', 'Queue', TASK('main', 'other')) },
    good: { Schedule: schedule('TaskJob', 'Queue', TASK('main', 'side')) },
  },
  {
    check: 'pipeline-overrides',
    at: `${IN_POD}.Containers.0.Name`,
    bad: { Schedule: schedule('PodJob', 'Queue', POD('other')) },
    good: { Schedule: schedule('PodJob', 'Queue', POD('main')) },
  },
  {
    check: 'pipeline-overrides',
    at: `${IN_POD}.Containers.0.Name`,
    bad: { Schedule: schedule('PodJob', 'Queue', POD('Default')) },
    good: { Schedule: schedule('PodJob', 'Queue', POD('Default')), 'PodJob.Pod.Containers.0.Name': undefined },
  },
  {
    check: 'pipeline-overrides',
    at: `${IN_POD}.InitContainers.0.Name`,
    bad: {
      Schedule: schedule('PodJob', 'Queue', POD('main', 'InitContainers')),
      'PodJob.Pod.InitContainers': [{ Name: 'first' }],
    },
    good: {
      Schedule: schedule('PodJob', 'Queue', POD('main', 'InitContainers')),
      'PodJob.Pod.InitContainers': { 'Fn::ImportValue': 'containers' },
    },
  },
  {
    check: 'pipeline-overrides-length',
    at: 'Schedule.Target.Input.ContainerOverrides',
    bad: { Schedule: schedule('Job', 'Queue', { ContainerOverrides: command(8193) }) },
    good: { Schedule: schedule('Job', 'Queue', { ContainerOverrides: command(8192) }) },
  },
  {
    check: 'pipeline-overrides-length',
    at: 'Rule.Targets.0.Input.ContainerOverrides',
    bad: { Rule: rule('Job', 'Queue', {}, { Input: JSON.stringify({ ContainerOverrides: variable(8193) }) }) },
    good: { Rule: rule('Job', 'Queue', {}, { Input: JSON.stringify({ ContainerOverrides: variable(8192) }) }) },
  },
  {
    check: 'pipeline-overrides-length',
    at: 'Pipe.TargetParameters.BatchJobParameters.ContainerOverrides',
    bad: { Pipe: pipe('Job', 'Queue', { ContainerOverrides: command(8193) }, { InputTemplate: '{"a":<$.body>}' }) },
    good: { Pipe: pipe('Job', 'Queue', { ContainerOverrides: { Command: ['x'.repeat(8192), '$.body.path'] } }) },
  },
  {
    check: 'pipeline-overrides-length',
    at: 'Schedule.Target.Input.EcsPropertiesOverride',
    bad: {
      Schedule: schedule('TaskJob', 'Queue', {
        EcsPropertiesOverride: { TaskProperties: [{ Containers: [command(4097), variable(4096)] }] },
      }),
    },
    good: {
      Schedule: schedule('TaskJob', 'Queue', {
        EcsPropertiesOverride: { TaskProperties: [{ Containers: [command(4096), variable(4096)] }] },
      }),
    },
  },
  {
    check: 'pipeline-overrides-length',
    at: 'Machine.Definition.States.One.Parameters.NodeOverrides.NodePropertyOverrides.1.ContainerOverrides',
    bad: {
      Machine: task('Queue', {
        NodeOverrides: {
          NodePropertyOverrides: [8000, 8193].map((length) => ({ ContainerOverrides: command(length) })),
        },
      }),
    },
    good: {
      Machine: task('Queue', {
        NodeOverrides: {
          NodePropertyOverrides: [8192, 8192].map((length) => ({ ContainerOverrides: command(length) })),
        },
      }),
    },
  },
  {
    check: 'pipeline-overrides-length',
    at: 'Machine.Definition.States.One.Parameters.ContainerOverrides',
    bad: { Machine: task('Queue', { ContainerOverrides: { Command: [`${'x'.repeat(8190)} $1`] } }) },
    good: { Machine: task('Queue', { ContainerOverrides: { Command: [`{% '${'x'.repeat(8192)}' %}`] } }) },
  },
];
