import { isJson, type Json, listOf, propertiesOf, resourcesOf, written } from './policies';

/** Keys and indices. */
type Path = readonly (string | number)[];

/** One action of one Allow statement in a template. */
export interface Grant {
  /** Logical id of the resource that holds the statement. */
  readonly owner: string;
  /** `AWS::IAM::Policy`. */
  readonly type: string;
  /** Logical ids of the roles that get it; empty for policies of resources. */
  readonly roles: readonly string[];
  readonly action: string;
  /** The resources of the statement, with `${...}` for what CloudFormation fills in. */
  readonly resources: readonly string[];
  /** The services that the statement names; empty for policies of roles. */
  readonly principals: readonly string[];
  /** Names of the conditions of the statement. */
  readonly conditions: readonly string[];
  /** Where the statement is, below the properties of the owner. */
  readonly path: Path;
}

const referenced = (value: unknown): readonly string[] =>
  listOf(value).flatMap((one) => (isJson(one) && typeof one.Ref === 'string' ? [one.Ref] : []));

const rolesOf = (id: string, type: string, properties: Json): readonly string[] => {
  if (type === 'AWS::IAM::Role') return [id];
  return type.startsWith('AWS::IAM::') ? referenced(properties.Roles) : [];
};

const principalsOf = (principal: unknown): readonly string[] => {
  if (!isJson(principal)) return listOf(principal).map(String);
  return Object.values(principal).flatMap((value) => listOf(value).map(written));
};

/** Every statement below a value, with the path to it. */
const statementsIn = function* (value: unknown, path: Path): Generator<readonly [Json, Path]> {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* statementsIn(entry, [...path, index]);
  } else if (isJson(value)) {
    if (value.Effect === 'Allow' && 'Action' in value) yield [value, path];
    for (const [key, entry] of Object.entries(value)) yield* statementsIn(entry, [...path, key]);
  }
};

/** Each action of each Allow statement of a template, wherever it is; permissions of functions are statements as well. */
export const grantsOf = (template: unknown): readonly Grant[] =>
  [...resourcesOf(template)].flatMap(([owner, resource]) => {
    const type = String(resource.Type);
    const properties = propertiesOf(resource);
    const roles = rolesOf(owner, type, properties);
    return [...statementsIn(properties, [])].flatMap(([statement, path]) =>
      listOf(statement.Action).map((action) => ({
        ...{ owner, type, roles, path, action: String(action) },
        resources: listOf(statement.Resource).map(written),
        principals: principalsOf(statement.Principal),
        conditions: isJson(statement.Condition)
          ? Object.values(statement.Condition).filter(isJson).flatMap(Object.keys)
          : [],
      })),
    );
  });

/** A copy with something else at a path; undefined takes an entry out of its list. */
const edited = (value: unknown, path: Path, edit: (found: unknown) => unknown): unknown => {
  if (path.length === 0) return edit(value);
  const [step, ...rest] = path;
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown, index) => {
      const next = index === step ? edited(entry, rest, edit) : entry;
      return next === undefined ? [] : [next];
    });
  }
  return isJson(value) ? { ...value, [step]: edited(value[step], rest, edit) } : value;
};

/** A document needs a statement: this one allows nothing that anybody here does. */
const placeholder = (statement: Json): Json => ({ ...statement, Action: 'sts:TagSession' });

/** The template without one action of one statement. */
export const templateWithout = (template: unknown, { owner, path, action }: Grant): unknown => {
  const place = ['Resources', owner, 'Properties', ...path];
  return edited(template, place.slice(0, -1), (statements) =>
    listOf(statements).flatMap((statement, index, all) => {
      const isIt = Array.isArray(statements) ? index === path.at(-1) : true;
      if (!isIt || !isJson(statement)) return [statement];
      const rest = listOf(statement.Action).filter((one) => one !== action);
      if (rest.length > 0) return [{ ...statement, Action: rest }];
      return all.length > 1 ? [] : [placeholder(statement)];
    }),
  );
};

/** The template without some grants, in the order of `grantsOf`. */
export const templateWithoutAll = (template: unknown, grants: readonly Grant[]): unknown =>
  // The last first, as the places of those before stay the same.
  grants.reduceRight(templateWithout, template);
