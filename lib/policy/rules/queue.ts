import {
  isName,
  isShareIdentifier,
  isShareWeight,
  MAX_COMPUTE_ENVIRONMENTS,
  MAX_SHARES,
  shareCollision,
} from '../../contracts/rules/queue';
import { dividesByQuotaShares, type JobQueue, jobQueuesOf } from '../model/job-queue';
import { counted, distinct, type Finding, matching, named, rulesOf, type TemplateRule, unless } from '../rule';
import type { Template, Value } from '../template/template';

const rule = rulesOf(jobQueuesOf);
const policyRule = rulesOf((template) => template.ofType('AWS::Batch::SchedulingPolicy'));
const nameRule = rulesOf(namesOf);

/** Is a job queue of a template one that AWS Batch creates, and that serves its jobs? @internal */
export const QUEUE_RULES: readonly TemplateRule[] = [
  rule(
    'queue-compute-count',
    `name 1 to ${MAX_COMPUTE_ENVIRONMENTS} compute environments`,
    ({ isOfTraining, order }) => [isOfTraining ? undefined : counted(order, [1, MAX_COMPUTE_ENVIRONMENTS])],
  ),
  rule('queue-duplicate-compute', 'leave one out', ({ order }) =>
    distinct((order.items ?? []).map((one) => one.at('ComputeEnvironment'))),
  ),
  rule('queue-compute-kind', 'use a queue for each kind', computeKind),
  rule('queue-architecture', 'use a queue for each architecture', architecture),
  rule('queue-scheduling-policy', 'use a fair-share policy', ({ isOfTraining, schedulingPolicy }) => [
    unless(isOfTraining || dividesByQuotaShares(schedulingPolicy) !== true, schedulingPolicy),
  ]),
  nameRule('queue-physical-name', 'leave the name out', ({ isReplaced, name }) => [
    isReplaced ? named(name) : undefined,
  ]),
  nameRule('queue-name', 'use 1 to 128 letters, digits, hyphens and underscores', ({ name }) => [
    matching(name, isName),
  ]),
  policyRule('queue-share-count', `list at most ${MAX_SHARES}; end one with * for many`, ({ properties }) => [
    counted(sharesOf(properties), [0, MAX_SHARES]),
  ]),
  policyRule('queue-share-identifier', 'use letters, digits, hyphens and underscores', ({ properties }) =>
    (sharesOf(properties).items ?? []).map((share) => matching(share.at('ShareIdentifier'), isShareIdentifier)),
  ),
  policyRule('queue-share-weight', 'give 0.0001 (most compute) to 999.9999 (least)', ({ properties }) =>
    (sharesOf(properties).items ?? []).map((share) =>
      matching(share.at('WeightFactor'), (weight) => isShareWeight(Number(weight))),
    ),
  ),
  policyRule('queue-share-collision', 'leave one out, or let them begin differently', function* ({ properties }) {
    const shares = sharesOf(properties);
    const collision = shareCollision((shares.items ?? []).flatMap((share) => share.at('ShareIdentifier').text ?? []));
    if (collision !== undefined) yield { at: shares, message: `${shares.name} has '${collision.join("' and '")}'` };
  }),
];

const sharesOf = (policy: Value): Value => policy.at('FairsharePolicy', 'ShareDistribution');

/** The names of queues, policies, shares and service environments. */
function namesOf(template: Template): { readonly name: Value; readonly isReplaced: boolean }[] {
  const of = (type: string, property: string, isReplaced: boolean) =>
    template.ofType(`AWS::Batch::${type}`).map(({ properties }) => ({ name: properties.at(property), isReplaced }));
  return [
    ...of('JobQueue', 'JobQueueName', true),
    ...of('SchedulingPolicy', 'Name', true),
    ...of('ComputeEnvironment', 'ComputeEnvironmentName', false),
    ...of('ServiceEnvironment', 'ServiceEnvironmentName', false),
    ...of('QuotaShare', 'QuotaShareName', false),
  ];
}

function* computeKind({ environments, order }: JobQueue): Iterable<Finding> {
  const known = environments.filter(({ platform }) => platform !== undefined);
  if (new Set(known.map(({ platform }) => platform)).size < 2) return;
  const got = known.map(({ logicalId, platform }) => `${logicalId} on ${platform ?? 'any'}`);
  yield { at: order, message: `${order.name} has ${got.join(', ')}` };
}

function* architecture({ environments, order }: JobQueue): Iterable<Finding> {
  const known = environments.filter(({ instances }) => instances?.architecture !== undefined);
  if (new Set(known.map(({ instances }) => instances?.architecture)).size < 2) return;
  const got = known.map(({ logicalId, instances }) => `${logicalId} on ${instances?.architecture ?? 'any'}`);
  yield { at: order, message: `${order.name} has ${got.join(', ')}` };
}
