import { MAX_OVERRIDES_CHARACTERS } from '../../contracts/submission';
import type { JobDefinition } from '../model/job-definition';
import { isLiteral, literalCharacters } from '../model/literal';
import { type Submission, submissionsOf } from '../model/submission';
import { type Finding, rulesOf, type TemplateRule, unless } from '../rule';
import type { Value } from '../template/template';

const rule = rulesOf(submissionsOf);

/** Has the job what a submission of a template overrides, and does ECS take it? @internal */
export const OVERRIDE_RULES: readonly TemplateRule[] = [
  rule('pipeline-overrides', 'override what the job definition has, by the name that it has there', overrides),
  rule('pipeline-overrides-length', 'keep data in a bucket and pass its location', overridesLength),
];

/** The property of SubmitJob that overrides what a job definition has in one of its own. */
const OVERRIDES = [
  ['ContainerOverrides', 'ContainerProperties'],
  ['EcsPropertiesOverride', 'EcsProperties'],
  ['EksPropertiesOverride', 'EksProperties'],
  ['NodeOverrides', 'NodeProperties'],
] as const;

function* overrides({ request, input, job }: Submission): Iterable<Finding | undefined> {
  if (job === undefined) return;
  const fields = [...request.fields, ...(input?.fields ?? [])].filter(([, { isAbsent }]) => !isAbsent);
  for (const [override, property] of OVERRIDES) {
    if (!job.properties.at(property).isAbsent) continue;
    for (const [, at] of fields.filter(([name]) => name === override)) {
      yield { at, message: `${at.name} is given, but ${job.logicalId} has no ${property}` };
    }
  }
  yield* containerNames(request, job);
}

/** Overrides of containers that the job definition does not have, as far as the names in both are known. */
function containerNames(request: Value, { logicalId, tasks, pods }: JobDefinition): (Finding | undefined)[] {
  const ofTasks = request.at('EcsPropertiesOverride', 'TaskProperties').items ?? [];
  const pod = request.at('EksPropertiesOverride', 'PodProperties');
  const lists = [
    [ofTasks.map((task) => task.at('Containers')), tasks.flatMap(({ containers }) => containers)],
    [[pod.at('Containers')], pods.flatMap(({ containers }) => containers)],
    [[pod.at('InitContainers')], pods.flatMap(({ initContainers }) => initContainers)],
  ] as const;
  return lists.flatMap(([overridden, defined]) => {
    const known = defined.map((container) => container.at('Name').text);
    if (known.length === 0 || known.includes(undefined)) return [];
    const names = overridden.flatMap(({ items = [] }) => items).map((container) => container.at('Name'));
    const note = `but ${logicalId} has ${known.join(', ')}`;
    return names.filter(isLiteral).map((name) => unless(known.includes(name.text), name, note));
  });
}

/** Each node has a task of its own; the parameters of a rule have no overrides, so that its input has them. */
function* overridesLength({ request, input }: Submission): Iterable<Finding> {
  const nodes = request.at('NodeOverrides', 'NodePropertyOverrides').items ?? [];
  for (const holder of [request, ...nodes, ...(input === undefined ? [] : [input])]) {
    for (const overrides of [holder.at('ContainerOverrides'), holder.at('EcsPropertiesOverride')]) {
      const characters = literalCharacters(overrides);
      if (characters <= MAX_OVERRIDES_CHARACTERS) continue;
      yield { at: overrides, message: `${overrides.name} has ${characters} characters` };
    }
  }
}
