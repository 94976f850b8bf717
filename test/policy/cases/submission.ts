import type { Case } from '../support';
import { machine, pipe, rule, schedule, task } from './submitters';

const size = (vcpus: string, memory: string, gpus?: string): object[] => [
  { Type: 'VCPU', Value: vcpus },
  { Type: 'MEMORY', Value: memory },
  ...(gpus === undefined ? [] : [{ Type: 'GPU', Value: gpus }]),
];
const SIZE = 'Job.Container.ResourceRequirements';
const TYPES = 'Instances.Resources.InstanceTypes';
const POLICY = 'Queue.SchedulingPolicyArn';
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
];
