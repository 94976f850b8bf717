import { Annotations, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CHECKS } from '../../lib/contracts/checks';
import { pathsOf, schemaOf, typesOf } from '../support/service-spec';
import { newStack } from '../support/stack';
import type { Area } from './area';
import { pathOf, reachedBy } from './reached';

/** How much of AWS Batch the library reaches. */
export interface Surface {
  /** Every property path of every type. */
  readonly all: readonly string[];
  /** Those that occur in a template of one of the areas. */
  readonly reached: ReadonlySet<string>;
  /** Those of them that occur only where constructs of aws-cdk-lib are taken. */
  readonly borrowed: ReadonlySet<string>;
}

/** Synthesises each area in an app of its own, and looks at what is in the templates. */
export function measure(areas: readonly Area[]): Surface {
  const types = typesOf('AWS::Batch::');
  const reach = (some: readonly Area[]): ReadonlySet<string> =>
    new Set(some.flatMap((area) => [...reachedBy(templateOf(area), types)]));
  const own = reach(areas.filter(({ isBorrowed }) => isBorrowed !== true));
  const borrowed = [...reach(areas.filter(({ isBorrowed }) => isBorrowed === true))].filter((path) => !own.has(path));
  return {
    all: types.flatMap((type) => pathsOf(schemaOf(type)).map((path) => pathOf(type, path))),
    reached: new Set([...own, ...borrowed]),
    borrowed: new Set(borrowed),
  };
}

/** The template of an area in an app of its own. */
export function templateOf(area: Area, prepare: (stack: Stack) => void = () => undefined): unknown {
  const stack = newStack({ env: { account: '111111111111', region: 'us-east-1' } });
  // Every prop is set here, those that are seldom right too.
  for (const [id, { level }] of Object.entries(CHECKS)) {
    if (level === 'warning') Annotations.of(stack).acknowledgeWarning(`cdk-batch-platform:${id}`, 'shows every prop');
  }
  prepare(stack);
  area.define(stack);
  return Template.fromStack(stack).toJSON();
}
