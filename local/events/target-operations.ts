import { AwsError } from '../core/errors';
import { pageOf } from '../core/pages';
import { Reader } from '../core/reader';
import type { Operation } from '../core/service';
import type { World } from '../core/world';
import { checkBus } from './bus';
import type { RuleStore } from './rule-store';
import { targetOf } from './target';

const PAGES = { usual: 100, sizeIn: 'Limit' } as const;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MAX_TARGETS = 5;

/** Operations on the targets of rules. */
export const targetOperations = (world: World, rules: RuleStore): Readonly<Record<string, Operation>> => {
  const read = (input: Readonly<Record<string, unknown>>) => {
    const reader = new Reader(input);
    checkBus(reader);
    return { reader, rule: rules.get(reader.text('Rule')) };
  };

  return {
    PutTargets: (input) => {
      const { reader, rule } = read(input);
      const given = reader.records('Targets').map((target) => targetOf(target, world));
      const targets = new Map([...rule.targets, ...given.map((target) => [target.id, target] as const)]);
      if (targets.size > MAX_TARGETS) {
        throw new AwsError('LimitExceededException', `A rule has at most ${MAX_TARGETS} targets, got ${targets.size}.`);
      }
      rules.put({ ...rule, targets });
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets: (input) => {
      const { reader, rule } = read(input);
      const targets = new Map(rule.targets);
      const unknown = reader.texts('Ids').filter((id) => !targets.delete(id));
      rules.put({ ...rule, targets });
      return {
        FailedEntryCount: unknown.length,
        FailedEntries: unknown.map((id) => ({
          TargetId: id,
          ErrorCode: 'ResourceNotFoundException',
          ErrorMessage: `Rule ${rule.name} does not have target ${id}.`,
        })),
      };
    },
    ListTargetsByRule: (input) => {
      const { reader, rule } = read(input);
      const { page, next } = pageOf(reader, [...rule.targets.values()], PAGES, ({ id }) => id);
      return { Targets: page.map(({ values }) => values), NextToken: next };
    },
  };
};
