import { schemaOf, type Replacement, type SchemaNodes } from '../support/service-spec';
import { isRecord, type TemplateResource } from '../support/template';

/** What CloudFormation does with a resource. */
export enum Effect {
  CREATED = 'created',
  IN_PLACE = 'in place',
  NEW_REVISION = 'new revision',
  REPLACED = 'replaced',
  DELETED = 'deleted',
}

/** What becomes of one resource, and the properties that it comes from. */
export interface Change {
  readonly logicalId: string;
  readonly type: string;
  readonly effect: Effect;
  readonly paths: readonly string[];
}

type Resources = ReadonlyMap<string, TemplateResource>;

/** A reference to a resource, or to one of its attributes, that will have another value. */
type Moves = (logicalId: string, attribute?: string) => boolean;

/** What CloudFormation does with each resource when `after` is deployed over `before`. */
export function changesBetween(before: Resources, after: Resources): readonly Change[] {
  const created = [...after].filter(([id]) => !before.has(id)).map(([id, { Type }]) => bare(id, Type, Effect.CREATED));
  const deleted = [...before].filter(([id]) => !after.has(id)).map(([id, { Type }]) => bare(id, Type, Effect.DELETED));
  let updated: readonly Change[] = [];
  // An update may give a reference another value, and so reach the next resource.
  for (;;) {
    const moves = movesAfter(updated);
    const next = [...after].flatMap(([id, resource]) => updateOf(id, before.get(id), resource, moves));
    if (JSON.stringify(next) === JSON.stringify(updated)) return [...created, ...next, ...deleted];
    updated = next;
  }
}

const bare = (logicalId: string, type: string, effect: Effect): Change => ({ logicalId, type, effect, paths: [] });

function movesAfter(changes: readonly Change[]): Moves {
  const byId = new Map(changes.map((change) => [change.logicalId, change]));
  return (id, attribute) => {
    const change = byId.get(id);
    if (change === undefined) return false;
    if (change.effect === Effect.REPLACED || change.effect === Effect.NEW_REVISION) return true;
    return change.type === 'AWS::EC2::LaunchTemplate' && attribute === 'LatestVersionNumber';
  };
}

function updateOf(id: string, before: TemplateResource | undefined, after: TemplateResource, moves: Moves): Change[] {
  if (before === undefined) return [];
  const { Type: type, Properties: properties } = after;
  if (before.Type !== type) throw new Error(`${id} was ${before.Type} and is ${type}`);
  const found = differences(before.Properties, properties, schemaOf(type), moves);
  if (found.length === 0) return [];
  const effect = effectOn(
    type,
    properties,
    found.map(({ replacement }) => replacement),
  );
  return [{ logicalId: id, type, effect, paths: found.map(({ path }) => path) }];
}

function effectOn(type: string, properties: TemplateResource['Properties'], causes: readonly Replacement[]): Effect {
  const replaces = (cause: Replacement): boolean => {
    if (cause !== 'maybe') return cause === 'yes';
    return type === 'AWS::Batch::ComputeEnvironment' ? properties.ReplaceComputeEnvironment !== false : true;
  };
  if (causes.some(replaces)) return Effect.REPLACED;
  return type === 'AWS::Batch::JobDefinition' ? Effect.NEW_REVISION : Effect.IN_PLACE;
}

interface Difference {
  readonly path: string;
  readonly replacement: Replacement;
}

/** The deepest properties that differ. */
function differences(before: unknown, after: unknown, nodes: SchemaNodes, moves: Moves): readonly Difference[] {
  return [...nodes].flatMap(([name, node]) => {
    const [old, now] = [before, after].map((value) => (isRecord(value) ? value[name] : undefined));
    if (JSON.stringify(old) === JSON.stringify(now) && !refersTo(now, moves)) return [];
    const pairs = pairsOf(old, now);
    const inner =
      node.children.size === 0 ? [] : pairs.flatMap(([one, other]) => differences(one, other, node.children, moves));
    return inner.length > 0 ? inner : [node];
  });
}

/** Values side by side: the elements of lists of one length, or else the values themselves. */
function pairsOf(before: unknown, after: unknown): readonly (readonly [unknown, unknown])[] {
  if (!Array.isArray(before) || !Array.isArray(after)) return [[before, after]];
  return before.length === after.length ? before.map((one, index): [unknown, unknown] => [one, after[index]]) : [];
}

function refersTo(value: unknown, moves: Moves): boolean {
  if (Array.isArray(value)) return value.some((one) => refersTo(one, moves));
  if (!isRecord(value)) return false;
  if (typeof value.Ref === 'string') return moves(value.Ref);
  const attribute = value['Fn::GetAtt'];
  if (Array.isArray(attribute)) return moves(String(attribute[0]), String(attribute[1]));
  return Object.values(value).some((inner) => refersTo(inner, moves));
}
