import type { Case } from '../support';

const ORDER = 'Queue.ComputeEnvironmentOrder';
const SHARES = 'Policy.FairsharePolicy.ShareDistribution';
const order = (...names: string[]): object[] =>
  names.map((name, index) => ({ Order: index + 1, ComputeEnvironment: { Ref: name } }));
const imported = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ Order: index, ComputeEnvironment: `arn:${index}` }));
const shares = (count: number): object[] =>
  Array.from({ length: count }, (_, index) => ({ ShareIdentifier: `share${index}` }));
const limits = (...units: string[]): object[] => units.map((unit) => ({ CapacityUnit: unit, MaxCapacity: 1 }));
const units = (count: number): string[] => Array.from({ length: count }, (_, index) => `ml.m5.${index}`);
const instances = (type: string): object => ({
  Type: 'AWS::Batch::ComputeEnvironment',
  Properties: { Type: 'MANAGED', ComputeResources: { Type: 'EC2', InstanceTypes: [type] } },
});

export const QUEUE_CASES: readonly Case[] = [
  { check: 'queue-compute-count', at: ORDER, bad: { [ORDER]: imported(4) }, good: { [ORDER]: imported(3) } },
  {
    check: 'queue-compute-count',
    at: ORDER,
    bad: { [ORDER]: [] },
    good: { [ORDER]: undefined, 'Queue.ServiceEnvironmentOrder': [{ Order: 1, ServiceEnvironment: 'arn' }] },
  },
  {
    check: 'queue-duplicate-compute',
    at: `${ORDER}.1.ComputeEnvironment`,
    bad: { [ORDER]: order('Instances', 'Instances') },
    good: { [ORDER]: imported(2) },
  },
  {
    check: 'queue-compute-kind',
    at: ORDER,
    bad: { [ORDER]: order('Instances', 'Fargate') },
    good: { [ORDER]: order('Instances', 'Somewhere') },
  },
  {
    check: 'queue-architecture',
    at: ORDER,
    bad: { Other: instances('c7g'), [ORDER]: order('Instances', 'Other') },
    good: { Other: instances('m7i'), [ORDER]: order('Instances', 'Other') },
  },
  {
    check: 'queue-scheduling-policy',
    at: 'Queue.SchedulingPolicyArn',
    bad: { 'Queue.SchedulingPolicyArn': { 'Fn::GetAtt': ['QuotaPolicy', 'Arn'] } },
    good: { 'Queue.SchedulingPolicyArn': 'arn:aws:batch:eu-west-1:111111111111:scheduling-policy/other' },
  },
  {
    check: 'queue-physical-name',
    at: 'Queue.JobQueueName',
    bad: { 'Queue.JobQueueName': 'mine' },
    good: { 'Fargate.ComputeEnvironmentName': 'mine' },
  },
  {
    check: 'queue-name',
    at: 'Fargate.ComputeEnvironmentName',
    bad: { 'Fargate.ComputeEnvironmentName': 'my environment' },
    good: { 'Fargate.ComputeEnvironmentName': 'my-environment' },
  },
  { check: 'queue-share-count', at: SHARES, bad: { [SHARES]: shares(501) }, good: { [SHARES]: shares(500) } },
  {
    check: 'queue-share-identifier',
    at: `${SHARES}.0.ShareIdentifier`,
    bad: { [`${SHARES}.0.ShareIdentifier`]: 'team 1' },
    good: { [`${SHARES}.0.ShareIdentifier`]: { 'Fn::Sub': '${AWS::StackName} 1' } },
  },
  {
    check: 'queue-share-weight',
    at: `${SHARES}.0.WeightFactor`,
    bad: { [`${SHARES}.0.WeightFactor`]: 1000 },
    good: { [`${SHARES}.0.WeightFactor`]: 999.9999 },
  },
  {
    check: 'queue-share-collision',
    at: SHARES,
    bad: { [SHARES]: [{ ShareIdentifier: 'team*' }, { ShareIdentifier: 'teamA' }] },
    good: { [SHARES]: [{ ShareIdentifier: 'team*' }, { ShareIdentifier: 'other' }] },
  },
  {
    check: 'queue-capacity-limits',
    at: 'Training.CapacityLimits',
    bad: { 'Training.CapacityLimits': limits(...units(6)) },
    good: { 'Training.CapacityLimits': limits(...units(5)) },
  },
  {
    check: 'queue-capacity-limits',
    at: 'Training.CapacityLimits.1.CapacityUnit',
    bad: { 'Training.CapacityLimits': limits('ml.m5.large', 'ml.m5.large') },
    good: { 'Training.CapacityLimits': limits('ml.m5.large', 'ml.m5.xlarge') },
  },
  {
    check: 'queue-max-capacity',
    at: 'Share.CapacityLimits.0.MaxCapacity',
    bad: { 'Share.CapacityLimits.0.MaxCapacity': 0 },
    good: { 'Share.CapacityLimits.0.MaxCapacity': 1 },
  },
  {
    check: 'queue-capacity-unit',
    at: 'Training.CapacityLimits.0.CapacityUnit',
    bad: { 'Training.CapacityLimits': limits('NUM_INSTANCES') },
    good: { 'Training.CapacityLimits': limits('NUM_INSTANCES'), 'TrainingQueue.SchedulingPolicyArn': undefined },
  },
  {
    check: 'queue-quota-share-policy',
    at: 'TrainingQueue.SchedulingPolicyArn',
    bad: { 'TrainingQueue.SchedulingPolicyArn': undefined },
    good: { 'TrainingQueue.SchedulingPolicyArn': { 'Fn::ImportValue': 'policy' } },
  },
  {
    check: 'queue-quota-share-type',
    at: 'Share.CapacityLimits.0.CapacityUnit',
    bad: { 'Share.CapacityLimits': limits('ml.p5.48xlarge') },
    good: { 'Share.CapacityLimits': limits('ml.m5.large') },
  },
];
