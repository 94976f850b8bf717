import type { CheckId } from '../contracts/checks';
import { isWithin, type Range } from '../contracts/rules/range';
import type { Template, Value } from './template/template';

/** A place in a template that a check finds fault with. @internal */
export interface Finding {
  readonly at: Value;
  /** What was given. */
  readonly message: string;
}

/** A check, read from a template. @internal */
export interface TemplateRule {
  readonly check: CheckId;
  /** What to do about it. */
  readonly fix: string;
  readonly find: (template: Template) => Iterable<Finding>;
}

/** What there is in a template to apply rules to. */
type Subjects<Subject> = (template: Template) => readonly Subject[];

/** A way to write rules of one kind of subject. @internal */
export type RuleOf<Subject> = (
  check: CheckId,
  fix: string,
  find: (subject: Subject) => Iterable<Finding | undefined>,
) => TemplateRule;

/** A way to write rules of one kind of subject. @internal */
export const rulesOf =
  <Subject>(subjects: Subjects<Subject>): RuleOf<Subject> =>
  (check, fix, find) => ({
    check,
    fix,
    find: (template) =>
      subjects(template)
        .flatMap((subject) => [...find(subject)])
        .filter((finding) => finding !== undefined),
  });

/** A finding that shows what was given. @internal */
export const given = (at: Value, note?: string): Finding => ({
  at,
  message: note === undefined ? at.shown : `${at.shown}, ${note}`,
});

/** A finding if something has a name of its own. @internal */
export const named = (name: Value): Finding | undefined => (name.isAbsent ? undefined : given(name));

/** A finding if something is wrong. @internal */
export const unless = (holds: boolean | undefined, at: Value, note?: string): Finding | undefined =>
  holds === false ? given(at, note) : undefined;

/** A finding if a number is given that is not a whole one of a range. @internal */
export const within = (at: Value, range: Range): Finding | undefined =>
  at.number === undefined ? undefined : unless(isWithin(at.number, range), at);

/** A finding if a text is given that is not allowed. @internal */
export const matching = (at: Value, isAllowed: (text: string) => boolean): Finding | undefined =>
  at.text === undefined ? undefined : unless(isAllowed(at.text), at);

/** A finding if a list is too short or too long. @internal */
export const counted = (at: Value, [min, max]: Range): Finding | undefined => {
  const count = at.items?.length;
  if (count === undefined || (count >= min && count <= max)) return undefined;
  return { at, message: at.isAbsent ? at.shown : `${at.name} has ${count}` };
};

/** A finding for each but the first of values that are the same. @internal */
export const distinct = (values: readonly Value[]): Finding[] =>
  values
    .filter((value, index) => values.slice(0, index).some((other) => other.equals(value)))
    .map((value) => ({ at: value, message: `${value.shown}, as another one is` }));
