import type { Case } from '../support';

const RULES = 'Job.RetryStrategy.EvaluateOnExit';
const EXIT = { Action: 'EXIT', OnReason: '*' };
const retries = (count: number): object[] => [
  ...Array.from({ length: count - 1 }, () => ({ Action: 'RETRY', OnStatusReason: 'Host EC2*' })),
  EXIT,
];
const tags = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, index) => [index, '']));
const consumables = (count: number, Quantity = 1): object[] =>
  Array.from({ length: count }, (_, index) => ({ ConsumableResource: `arn:${index}`, Quantity }));
const ranges = (...targets: string[]): object[] =>
  targets.map((TargetNodes) => ({ TargetNodes, Container: { LogConfiguration: { LogDriver: 'none' } } }));
const RANGES = 'NodesJob.NodeProperties.NodeRangeProperties';
const CONSUMED = 'Job.ConsumableResourceProperties.ConsumableResourceList';

export const JOB_CASES: readonly Case[] = [
  {
    check: 'job-name',
    at: 'Job.JobDefinitionName',
    bad: { 'Job.JobDefinitionName': '_mine' },
    good: { 'Job.JobDefinitionName': 'mine_' },
  },
  {
    check: 'job-physical-name',
    at: 'Job.JobDefinitionName',
    bad: { 'Job.JobDefinitionName': { Ref: 'AWS::StackName' } },
    good: { 'Job.JobDefinitionName': { Ref: 'AWS::NoValue' } },
  },
  {
    check: 'job-definition-size',
    at: 'Job',
    bad: { 'Job.Container.Command': ['x'.repeat(24 * 1024)] },
    good: { 'Job.Container.Command': ['x'.repeat(23 * 1024)] },
  },
  { check: 'job-tags', at: 'Job.Tags', bad: { 'Job.Tags': tags(51) }, good: { 'Job.Tags': tags(50) } },
  {
    check: 'job-tags',
    at: 'Job.Tags.Aws:team',
    bad: { 'Job.Tags': { 'Aws:team': 'blue' } },
    good: { 'Job.Tags': { 'team:Aws:': 'blue' } },
  },
  {
    check: 'job-tags',
    at: 'Job.Tags.team',
    bad: { 'Job.Tags': { team: 'aws:blue' } },
    good: { 'Job.Tags': { team: 'blue/aws:' } },
  },
  {
    check: 'job-tags',
    at: 'Job.Tags.team',
    bad: { 'Job.Tags': { team: 'blue (old)' } },
    good: { 'Job.Tags': { team: 'été 2: +-=._:/@' } },
  },
  {
    check: 'job-tags',
    at: 'Job.Tags.team',
    bad: { 'Job.Tags': { team: 'x'.repeat(257) } },
    good: { 'Job.Tags': { team: 'x'.repeat(256) } },
  },
  {
    check: 'job-timeout',
    at: 'Job.Timeout.AttemptDurationSeconds',
    bad: { 'Job.Timeout.AttemptDurationSeconds': 59 },
    good: { 'Job.Timeout.AttemptDurationSeconds': 60 },
  },
  {
    check: 'job-timeout-missing',
    at: 'Job.Timeout.AttemptDurationSeconds',
    bad: { 'Job.Timeout': undefined },
    good: { 'Job.Timeout': { AttemptDurationSeconds: { 'Fn::ImportValue': 'timeout' } } },
  },
  {
    check: 'job-scheduling-priority',
    at: 'Job.SchedulingPriority',
    bad: { 'Job.SchedulingPriority': 10_000 },
    good: { 'Job.SchedulingPriority': 9999 },
  },
  {
    check: 'job-retry-attempts',
    at: 'Job.RetryStrategy.Attempts',
    bad: { 'Job.RetryStrategy.Attempts': 11 },
    good: { 'Job.RetryStrategy.Attempts': 10 },
  },
  {
    check: 'job-retry-attempts',
    at: 'Job.RetryStrategy.Attempts',
    bad: { 'Job.RetryStrategy.Attempts': undefined },
    good: { 'Job.RetryStrategy': undefined },
  },
  {
    check: 'job-retry-attempts',
    at: 'Job.RetryStrategy.Attempts',
    bad: { 'Job.RetryStrategy.Attempts': 1, [RULES]: retries(2) },
    good: { 'Job.RetryStrategy.Attempts': 1, [RULES]: [EXIT] },
  },
  { check: 'job-retry-rules', at: RULES, bad: { [RULES]: retries(6) }, good: { [RULES]: retries(5) } },
  {
    check: 'job-retry-rules',
    at: `${RULES}.0`,
    bad: { [RULES]: [{ Action: 'RETRY', OnReason: '*' }] },
    good: { [RULES]: [{ Action: 'exit', OnStatusReason: '*' }] },
  },
  {
    check: 'job-retry-pattern',
    at: `${RULES}.0.OnReason`,
    bad: { [RULES]: [{ Action: 'RETRY', OnReason: 'exit (1)' }, EXIT] },
    good: { [RULES]: [{ Action: 'RETRY', OnReason: 'exit *' }, EXIT] },
  },
  {
    check: 'job-retry-pattern',
    at: `${RULES}.0`,
    bad: { [RULES]: [{ Action: 'RETRY' }, EXIT] },
    good: { [RULES]: [{ Action: 'RETRY', OnExitCode: '7*' }, EXIT] },
  },
  {
    check: 'job-consumable-count',
    at: CONSUMED,
    bad: { [CONSUMED]: consumables(6) },
    good: { [CONSUMED]: consumables(5) },
  },
  {
    check: 'job-consumable-quantity',
    at: `${CONSUMED}.0.Quantity`,
    bad: { [CONSUMED]: consumables(1, 0) },
    good: { [CONSUMED]: consumables(1, 1) },
  },
  {
    check: 'job-node-groups',
    at: 'NodesJob.NodeProperties',
    bad: { [RANGES]: ranges('0:1', '3:3') },
    good: { [RANGES]: ranges('0:1', '2:3') },
  },
  {
    check: 'job-node-groups',
    at: `${RANGES}.1.TargetNodes`,
    bad: { [RANGES]: ranges('0:3', '5:6') },
    good: { [RANGES]: ranges('0:3') },
  },
  {
    check: 'job-node-groups',
    at: RANGES,
    bad: { [RANGES]: ranges('0', '1', '2', '3', '3', '3') },
    good: { [RANGES]: ranges('0', '1', '2', '3', '3') },
  },
  {
    check: 'job-main-node',
    at: 'NodesJob.NodeProperties.MainNode',
    bad: { 'NodesJob.NodeProperties.MainNode': 4 },
    good: { 'NodesJob.NodeProperties.MainNode': 3 },
  },
  {
    check: 'job-shell-parameter',
    at: 'Job.Container.Command',
    bad: { 'Job.Container.Command': ['bash', '-ec', 'run Ref::day'], 'Job.Parameters': { day: 'x' } },
    good: { 'Job.Container.Command': ['bash', '-ec', 'run "$1"', 'run', 'Ref::day'], 'Job.Parameters': { day: 'x' } },
  },
  {
    check: 'job-shell-parameter',
    at: 'PodJob.Pod.Containers.0.Args',
    bad: {
      'PodJob.Pod.Containers.0.Command': ['sh'],
      'PodJob.Pod.Containers.0.Args': ['-c', 'run Ref::day'],
      'PodJob.Parameters': { day: 'x' },
    },
    good: { 'PodJob.Pod.Containers.0.Args': ['-c', 'run Ref::day'], 'PodJob.Parameters': { day: 'x' } },
  },
  {
    check: 'job-parameter-default',
    at: 'Job.Container.Command',
    bad: { 'Job.Container.Command': ['run', '--on=Ref::input'] },
    good: { 'Job.Container.Command': ['run', '--on=Ref::input'], 'Job.Parameters': { input: 'x' } },
  },
];
