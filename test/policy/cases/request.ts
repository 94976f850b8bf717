import type { Case } from '../support';
import { pipe, rule, schedule, task } from './submitters';

const jobs = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ JobId: `${index}` }));
const SYNC = { Resource: 'arn:aws:states:::batch:submitJob.sync' };
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
    check: 'pipeline-dependency-array',
    at: 'Schedule.Target.Input.DependsOn.0.Type',
    bad: { Schedule: schedule('Job', 'Queue', { DependsOn: [{ Type: 'SEQUENTIAL' }] }) },
    good: {
      Schedule: schedule('Job', 'Queue', { DependsOn: [{ Type: 'SEQUENTIAL' }], ArrayProperties: { Size: 2 } }),
    },
  },
  {
    check: 'pipeline-dependency-array',
    at: 'Pipe.TargetParameters.BatchJobParameters.DependsOn.1.Type',
    bad: { Pipe: pipe('Job', 'Queue', { DependsOn: [...jobs(1), { JobId: '1', Type: 'N_TO_N' }] }) },
    good: { Pipe: pipe('Job', 'Queue', { DependsOn: jobs(2) }) },
  },
  {
    check: 'pipeline-dependency-array',
    at: 'Machine.Definition.States.One.Parameters.DependsOn.0.Type',
    bad: { Machine: task('Queue', { DependsOn: [{ Type: 'SEQUENTIAL' }] }) },
    good: { Machine: task('Queue', { DependsOn: [{ Type: 'SEQUENTIAL' }], 'ArrayProperties.$': '$.array' }) },
  },
  {
    check: 'pipeline-timeout',
    at: 'Machine.Definition.States.One.TimeoutSeconds',
    bad: { Machine: task('Queue', {}, { ...SYNC, TimeoutSeconds: 59 }) },
    good: { Machine: task('Queue', {}, { ...SYNC, TimeoutSeconds: 60 }) },
  },
  {
    check: 'pipeline-timeout',
    at: 'Machine.Definition.States.One.TimeoutSeconds',
    bad: { Machine: task('Queue', { Timeout: { AttemptDurationSeconds: 100 } }, { ...SYNC, TimeoutSeconds: 99 }) },
    good: {
      Machine: task('Queue', { Timeout: { 'AttemptDurationSeconds.$': '$.s' } }, { ...SYNC, TimeoutSeconds: 9 }),
    },
  },
  {
    check: 'pipeline-timeout',
    at: 'Machine.Definition.States.One.TimeoutSeconds',
    bad: { Machine: task('Queue', {}, { ...SYNC, TimeoutSeconds: 59 }) },
    good: { Machine: task('Queue', {}, { TimeoutSeconds: 59 }) },
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
