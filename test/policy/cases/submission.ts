import type { Case } from '../support';

const rule = (job: string, queue: string, more: object = {}): object => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    Targets: [
      {
        Id: 'it',
        Arn: { 'Fn::GetAtt': [queue, 'JobQueueArn'] },
        BatchParameters: { JobDefinition: { Ref: job }, ...more },
      },
    ],
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
];
