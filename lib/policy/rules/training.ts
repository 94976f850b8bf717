import { isCount } from '../../contracts/rules/job';
import { MAX_CAPACITY_LIMITS } from '../../contracts/rules/queue';
import { dividesByQuotaShares, type JobQueue, jobQueuesOf, referredJobQueue } from '../model/job-queue';
import { counted, distinct, type Finding, given, matching, rulesOf, type TemplateRule, unless } from '../rule';
import type { Resource, Template, Value } from '../template/template';

const shareRule = rulesOf((template) => template.ofType('AWS::Batch::QuotaShare'));
const limitsRule = rulesOf((template) =>
  ['AWS::Batch::ServiceEnvironment', 'AWS::Batch::QuotaShare'].flatMap((type) => template.ofType(type)),
);
const queueRule = rulesOf((template: Template) => jobQueuesOf(template).filter(({ isOfTraining }) => isOfTraining));

/** The unit of a limit for instances of any type. */
const ANY_TYPE = 'NUM_INSTANCES';

/** Do queues of training jobs of a template share what there is? @internal */
export const TRAINING_RULES: readonly TemplateRule[] = [
  limitsRule('queue-capacity-limits', `give 1 to ${MAX_CAPACITY_LIMITS}: one for any type, or one for each`, limits),
  limitsRule('queue-max-capacity', 'give a whole number, at least 1', ({ properties }) =>
    limitsOf(properties).map((limit) => matching(limit.at('MaxCapacity'), (most) => isCount(Number(most)))),
  ),
  queueRule('queue-capacity-unit', 'name instance types with quota shares, and NUM_INSTANCES without', units),
  shareRule('queue-quota-share-policy', 'give the queue a policy with QuotaSharePolicy', ({ properties }) => {
    const queue = referredJobQueue(properties.at('JobQueue'));
    return [
      queue === undefined ? undefined : unless(dividesByQuotaShares(queue.schedulingPolicy), queue.schedulingPolicy),
    ];
  }),
  shareRule('queue-quota-share-type', 'name instance types of the service environment', shareTypes),
];

const limitsOf = (properties: Value): readonly Value[] => properties.at('CapacityLimits').items ?? [];

function* limits({ properties }: Resource): Iterable<Finding | undefined> {
  yield counted(properties.at('CapacityLimits'), [1, MAX_CAPACITY_LIMITS]);
  const all = limitsOf(properties).map((limit) => limit.at('CapacityUnit'));
  yield* distinct(all);
  const any = all.find(({ text }) => text === ANY_TYPE);
  if (any !== undefined && all.length > 1) yield given(any, 'beside others');
}

/** The limits of the service environments of a queue that are of the same template. */
const environmentUnits = ({ properties }: JobQueue): readonly Value[] =>
  (properties.at('ServiceEnvironmentOrder').items ?? [])
    .flatMap((one) => one.at('ServiceEnvironment').target ?? [])
    .flatMap((environment) => limitsOf(environment.properties))
    .map((limit) => limit.at('CapacityUnit'));

function units(queue: JobQueue): (Finding | undefined)[] {
  const isShared = dividesByQuotaShares(queue.schedulingPolicy);
  if (isShared === undefined) return [];
  return environmentUnits(queue).map((unit) => matching(unit, (text) => (text === ANY_TYPE) !== isShared));
}

function shareTypes({ properties }: Resource): (Finding | undefined)[] {
  const queue = referredJobQueue(properties.at('JobQueue'));
  const offered = queue === undefined ? [] : environmentUnits(queue);
  if (offered.length === 0 || offered.some(({ text }) => text === undefined)) return [];
  return limitsOf(properties).map((limit) =>
    matching(limit.at('CapacityUnit'), (unit) => offered.some(({ text }) => text === unit)),
  );
}
