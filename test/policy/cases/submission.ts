import type { Case } from '../support';

const rule = (job: string, queue: string, more: object = {}, input: object = {}): object => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Targets: [
      {
        Id: 'it',
        Arn: { 'Fn::GetAtt': [queue, 'JobQueueArn'] },
        BatchParameters: { JobDefinition: { Ref: job }, ...more },
        ...input,
      },
    ],
  },
});

const pipe = (job: string, queue: string, more: object = {}, input: object = {}): object => ({
  Type: 'AWS::Pipes::Pipe',
  Properties: {
    Target: { 'Fn::GetAtt': [queue, 'JobQueueArn'] },
    TargetParameters: { BatchJobParameters: { JobDefinition: { Ref: job }, JobName: 'it', ...more }, ...input },
  },
});

/** A schedule as the CDK writes it: its input is text with references in it. */
const schedule = (job: string, queue: string, more: object = {}): object => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    ScheduleExpression: 'rate(1 day)',
    Target: {
      Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:::aws-sdk:batch:submitJob']] },
      Input: {
        'Fn::Join': [
          '',
          [
            '{"JobDefinition":"',
            { Ref: job },
            '","JobQueue":"',
            { 'Fn::GetAtt': [queue, 'JobQueueArn'] },
            `",${JSON.stringify({ JobName: 'it', ...more }).slice(1)}`,
          ],
        ],
      },
    },
  },
});

/** A state machine of a template by hand, with all of the call in one state. */
const task = (queue: string, more: object): object => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    Definition: {
      States: {
        One: {
          Type: 'Task',
          Resource: 'arn:aws:states:::batch:submitJob',
          Parameters: { JobDefinition: { Ref: 'Job' }, JobQueue: { Ref: queue }, ...more },
        },
      },
    },
  },
});

/** A state machine as the CDK writes it: text with references in it. */
const machine = (job: string, queue: string): object => ({
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    DefinitionString: {
      'Fn::Join': [
        '',
        [
          '{"StartAt":"All","States":{"All":{"Type":"Map","ItemProcessor":{"States":{"One":{"Type":"Task","Resource":"arn:',
          { Ref: 'AWS::Partition' },
          ':states:::batch:submitJob.sync","Parameters":{"JobDefinition":"',
          { Ref: job },
          '","JobQueue":"',
          { 'Fn::GetAtt': [queue, 'JobQueueArn'] },
          '"}}}}}}}',
        ],
      ],
    },
  },
});
const size = (vcpus: string, memory: string, gpus?: string): object[] => [
  { Type: 'VCPU', Value: vcpus },
  { Type: 'MEMORY', Value: memory },
  ...(gpus === undefined ? [] : [{ Type: 'GPU', Value: gpus }]),
];
const SIZE = 'Job.Container.ResourceRequirements';
const TYPES = 'Instances.Resources.InstanceTypes';
const POLICY = 'Queue.SchedulingPolicyArn';
const jobs = (count: number): object[] => Array.from({ length: count }, (_, index) => ({ JobId: `${index}` }));
const SUBMITTED = { Rule: rule('Job', 'Queue') };

export const SUBMISSION_CASES: readonly Case[] = [
  {
    check: 'fit-platform',
    at: 'Rule.Targets.0',
    bad: { Rule: rule('FargateJob', 'Queue') },
    good: SUBMITTED,
  },
  {
    check: 'fit-platform',
    at: 'Machine.DefinitionString.States.All.ItemProcessor.States.One',
    bad: { Machine: machine('FargateJob', 'Queue') },
    good: { Machine: machine('Job', 'Queue') },
  },
  {
    check: 'fit-multi-node',
    at: 'Rule.Targets.0',
    bad: { Rule: rule('NodesJob', 'Queue'), 'Instances.Resources.Type': 'SPOT' },
    good: { Rule: rule('NodesJob', 'Queue') },
  },
  {
    check: 'fit-gpu',
    at: 'Rule.Targets.0',
    bad: { ...SUBMITTED, [SIZE]: size('1', '2048', '1') },
    good: { ...SUBMITTED, [SIZE]: size('1', '2048', '1'), [TYPES]: ['g5'] },
  },
  {
    check: 'fit-instance-type',
    at: 'Rule.Targets.0',
    bad: { ...SUBMITTED, [SIZE]: size('1', '8192'), [TYPES]: ['c7i.large'] },
    good: { ...SUBMITTED, [SIZE]: size('1', '2048'), [TYPES]: ['c7i.large'] },
  },
  {
    check: 'fit-max-vcpus',
    at: 'Rule.Targets.0',
    bad: { ...SUBMITTED, [SIZE]: size('17', '2048') },
    good: { ...SUBMITTED, [SIZE]: size('16', '2048') },
  },
  {
    check: 'pipeline-array-size',
    at: 'Rule.Targets.0.BatchParameters.ArrayProperties.Size',
    bad: { Rule: rule('Job', 'Queue', { ArrayProperties: { Size: 1 } }) },
    good: { Rule: rule('Job', 'Queue', { ArrayProperties: { Size: 2 } }) },
  },
  {
    check: 'fit-platform',
    at: 'Pipe',
    bad: { Pipe: pipe('FargateJob', 'Queue') },
    good: { Pipe: pipe('Job', 'Queue') },
  },
  {
    check: 'fit-platform',
    at: 'Schedule.Target',
    bad: { Schedule: schedule('FargateJob', 'Queue') },
    good: { Schedule: schedule('Job', 'Queue') },
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
    check: 'pipeline-share-identifier',
    at: 'Schedule.Target.Input.ShareIdentifier',
    bad: { Schedule: schedule('Job', 'Queue', { ShareIdentifier: 'team A' }) },
    good: { Schedule: schedule('Job', 'Queue', { ShareIdentifier: 'teamA' }) },
  },
  {
    check: 'pipeline-share-identifier',
    at: 'Machine.Definition.States.One.Parameters.ShareIdentifier',
    bad: { Machine: task('Queue', { ShareIdentifier: '' }) },
    good: { Machine: task('Queue', { ShareIdentifier: '{% $states.input.team %}' }) },
  },
  {
    check: 'pipeline-share-missing',
    at: 'Rule.Targets.0',
    bad: SUBMITTED,
    good: { ...SUBMITTED, [POLICY]: undefined },
  },
  {
    check: 'pipeline-share-missing',
    at: 'Rule.Targets.0',
    bad: SUBMITTED,
    good: { Rule: rule('Job', 'Queue', {}, { BatchParameters: undefined }) },
  },
  {
    check: 'pipeline-share-missing',
    at: 'Rule.Targets.0',
    bad: { Rule: rule('Job', 'Queue', {}, { Input: '{"Parameters":{}}' }) },
    good: { Rule: rule('Job', 'Queue', {}, { InputPath: '$.detail' }) },
  },
  {
    check: 'pipeline-share-missing',
    at: 'Rule.Targets.0',
    bad: { ...SUBMITTED, [POLICY]: { 'Fn::Sub': '${Elsewhere}' } },
    good: { ...SUBMITTED, [POLICY]: { 'Fn::If': ['IsShared', { Ref: 'Policy' }, { Ref: 'AWS::NoValue' }] } },
  },
  {
    check: 'pipeline-share-missing',
    at: 'Pipe',
    bad: { Pipe: pipe('Job', 'Queue') },
    good: { Pipe: pipe('Job', 'Queue', {}, { InputTemplate: '<$.body>' }) },
  },
  {
    check: 'pipeline-share-missing',
    at: 'Schedule.Target',
    bad: { Schedule: schedule('Job', 'Queue') },
    good: { Schedule: schedule('Job', 'Queue', { ShareIdentifier: 'teamA' }) },
  },
  {
    check: 'pipeline-share-missing',
    at: 'Machine.Definition.States.One',
    bad: { Machine: task('Queue', {}) },
    good: { Machine: task('Queue', { 'ShareIdentifier.$': '$.team' }) },
  },
  {
    check: 'pipeline-share-unused',
    at: 'Schedule.Target.Input.ShareIdentifier',
    bad: { Schedule: schedule('Job', 'Queue', { ShareIdentifier: 'teamA' }), [POLICY]: undefined },
    good: { Schedule: schedule('Job', 'Queue', { ShareIdentifier: 'teamA' }) },
  },
  {
    check: 'pipeline-share-unused',
    at: 'Machine.Definition.States.One.Parameters.ShareIdentifier',
    bad: { Machine: task('Queue', { ShareIdentifier: 'teamA' }), [POLICY]: undefined },
    good: { Machine: task('Elsewhere', { ShareIdentifier: 'teamA' }), [POLICY]: undefined },
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
];
