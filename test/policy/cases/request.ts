import type { Case } from '../support';
import { pipe, rule, schedule, task } from './submitters';

const jobs = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ JobId: `${index}` }));
const command = (length: number): object => ({ Command: ['run', 'x'.repeat(length - 3)] });
const variable = (length: number): object => ({ Environment: [{ Name: 'DAY', Value: 'x'.repeat(length - 3) }] });
const tags = (count: number, name = 'tag'): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, '']));

export const REQUEST_CASES: readonly Case[] = [
  {
    check: 'pipeline-array-size',
    at: 'Rule.Targets.0.BatchParameters.ArrayProperties.Size',
    bad: { Rule: rule('Job', 'Queue', { ArrayProperties: { Size: 1 } }) },
    good: { Rule: rule('Job', 'Queue', { ArrayProperties: { Size: 2 } }) },
  },
  {
    check: 'pipeline-array-size',
    at: 'Pipe.TargetParameters.BatchJobParameters.ArrayProperties.Size',
    bad: { Pipe: pipe('Job', 'Queue', { ArrayProperties: { Size: 10_001 } }) },
    good: { Pipe: pipe('Job', 'Queue', { ArrayProperties: { Size: 10_000 } }) },
  },
  {
    check: 'pipeline-array-size',
    at: 'Schedule.Target.Input.ArrayProperties.Size',
    bad: { Schedule: schedule('Job', 'Queue', { ArrayProperties: { Size: 1 } }) },
    good: { Schedule: schedule('Job', 'Queue', { ArrayProperties: { Size: 2 } }) },
  },
  {
    check: 'pipeline-dependencies',
    at: 'Schedule.Target.Input.DependsOn',
    bad: { Schedule: schedule('Job', 'Queue', { DependsOn: jobs(21) }) },
    good: { Schedule: schedule('Job', 'Queue', { DependsOn: jobs(20) }) },
  },
  {
    check: 'pipeline-dependencies',
    at: 'Pipe.TargetParameters.BatchJobParameters.DependsOn',
    bad: { Pipe: pipe('Job', 'Queue', { DependsOn: jobs(21) }) },
    good: { Pipe: pipe('Job', 'Queue', { DependsOn: jobs(20) }) },
  },
  {
    check: 'job-retry-attempts',
    at: 'Rule.Targets.0.BatchParameters.RetryStrategy.Attempts',
    bad: { Rule: rule('Job', 'Queue', { RetryStrategy: { Attempts: 11 } }) },
    good: { Rule: rule('Job', 'Queue', { RetryStrategy: { Attempts: 10 } }) },
  },
  {
    check: 'job-retry-attempts',
    at: 'Pipe.TargetParameters.BatchJobParameters.RetryStrategy.Attempts',
    bad: { Pipe: pipe('Job', 'Queue', { RetryStrategy: { Attempts: 0 } }) },
    good: { Pipe: pipe('Job', 'Queue', { RetryStrategy: { Attempts: 1 } }) },
  },
  {
    check: 'job-timeout',
    at: 'Schedule.Target.Input.Timeout.AttemptDurationSeconds',
    bad: { Schedule: schedule('Job', 'Queue', { Timeout: { AttemptDurationSeconds: 59 } }) },
    good: { Schedule: schedule('Job', 'Queue', { Timeout: { AttemptDurationSeconds: 60 } }) },
  },
  {
    check: 'pipeline-job-name',
    at: 'Rule.Targets.0.BatchParameters.JobName',
    bad: { Rule: rule('Job', 'Queue', { JobName: 'bad name!' }) },
    good: { Rule: rule('Job', 'Queue', { JobName: 'good_name-1' }) },
  },
  {
    check: 'pipeline-job-name',
    at: 'Pipe.TargetParameters.BatchJobParameters.JobName',
    bad: { Pipe: pipe('Job', 'Queue', { JobName: '-it' }) },
    good: { Pipe: pipe('Job', 'Queue', { JobName: '$.body.name' }) },
  },
  {
    check: 'pipeline-job-name',
    at: 'Schedule.Target.Input.JobName',
    bad: { Schedule: schedule('Job', 'Queue', { JobName: 'x'.repeat(129) }) },
    good: { Schedule: schedule('Job', 'Queue', { JobName: 'x'.repeat(128) }) },
  },
  {
    check: 'pipeline-job-name',
    at: 'Schedule.Target.Input.JobName',
    bad: { Schedule: schedule('Job', 'Queue', { JobName: 'bad name!' }) },
    good: { Schedule: schedule('Job', 'Queue', { JobName: 'it-<aws.scheduler.execution-id>' }) },
  },
  {
    check: 'pipeline-job-name',
    at: 'Machine.Definition.States.One.Parameters.JobName',
    bad: { Machine: task('Queue', { JobName: 'a.b' }) },
    good: { Machine: task('Queue', { 'JobName.$': '$.name' }) },
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
  {
    check: 'job-scheduling-priority',
    at: 'Schedule.Target.Input.SchedulingPriorityOverride',
    bad: { Schedule: schedule('Job', 'Queue', { SchedulingPriorityOverride: 99_999 }) },
    good: { Schedule: schedule('Job', 'Queue', { SchedulingPriorityOverride: 9999 }) },
  },
  {
    check: 'job-scheduling-priority',
    at: 'Machine.Definition.States.One.Parameters.SchedulingPriorityOverride',
    bad: { Machine: task('Queue', { SchedulingPriorityOverride: -1 }) },
    good: { Machine: task('Queue', { SchedulingPriorityOverride: '{% $states.input.priority %}' }) },
  },
  {
    check: 'job-tags',
    at: 'Schedule.Target.Input.Tags',
    bad: { Schedule: schedule('Job', 'Queue', { Tags: tags(51) }) },
    good: { Schedule: schedule('Job', 'Queue', { Tags: tags(50) }) },
  },
  {
    check: 'job-tags',
    at: 'Schedule.Target.Input.Tags',
    bad: { Schedule: schedule('Job', 'Queue', { Tags: tags(1, 'own'), PropagateTags: true }), 'Job.Tags': tags(50) },
    good: { Schedule: schedule('Job', 'Queue', { Tags: tags(1), PropagateTags: true }), 'Job.Tags': tags(50) },
  },
  {
    check: 'job-tags',
    at: 'Schedule.Target.Input.Tags',
    bad: {
      Schedule: schedule('Job', 'Queue', { Tags: tags(1, 'own') }),
      'Job.Tags': tags(50),
      'Job.PropagateTags': true,
    },
    good: {
      Schedule: schedule('Job', 'Queue', { Tags: tags(1, 'own'), PropagateTags: false }),
      'Job.Tags': tags(50),
      'Job.PropagateTags': true,
    },
  },
  {
    check: 'job-tags',
    at: 'Schedule.Target.Input.Tags.aws:team',
    bad: { Schedule: schedule('Job', 'Queue', { Tags: { 'aws:team': 'blue' } }) },
    good: { Schedule: schedule('Job', 'Queue', { Tags: { team: 'blue/<aws.scheduler.execution-id>' } }) },
  },
  {
    check: 'job-tags',
    at: 'Machine.Definition.States.One.Parameters.Tags.team',
    bad: { Machine: task('Queue', { Tags: { team: 'blue, green' } }) },
    good: { Machine: task('Queue', { Tags: { 'team.$': '$.team', day: '{% $states.input.day %}' } }) },
  },
];
