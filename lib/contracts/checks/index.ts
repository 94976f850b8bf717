import { COMPUTE_CHECKS } from './compute';
import { FIT_CHECKS } from './fit';
import { JOB_CHECKS } from './job';
import { KEY_CHECKS } from './key';
import { PIPELINE_CHECKS } from './pipeline';
import { PLATFORM_CHECKS } from './platform';
import { QUEUE_CHECKS } from './queue';

export type { Check } from './check';

/** All that is checked before a deployment, by id; docs/checks.md is made of it. */
export const CHECKS = {
  ...FIT_CHECKS,
  ...COMPUTE_CHECKS,
  ...QUEUE_CHECKS,
  ...JOB_CHECKS,
  ...PIPELINE_CHECKS,
  ...KEY_CHECKS,
  ...PLATFORM_CHECKS,
} as const;

/** Id of a check, as errors and warnings show it. */
export type CheckId = keyof typeof CHECKS;

type IdOf<Level> = { [Id in CheckId]: (typeof CHECKS)[Id]['level'] extends Level ? Id : never }[CheckId];

/** Id of a check that stops synthesis. */
export type ErrorId = IdOf<'error'>;

/** Id of a check that warns. */
export type WarningId = IdOf<'warning'>;
