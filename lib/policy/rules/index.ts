import type { TemplateRule } from '../rule';
import { COMPUTE_RULES } from './compute';
import { CONTAINER_RULES } from './container';
import { INSTANCE_RULES } from './instances';
import { JOB_RULES } from './job';
import { OVERRIDE_RULES } from './overrides';
import { POD_RULES } from './pod';
import { QUEUE_RULES } from './queue';
import { REQUEST_RULES } from './request';
import { SUBMISSION_RULES } from './submission';
import { TASK_RULES } from './task';
import { TRAINING_RULES } from './training';

/** All checks that are read from templates. @internal */
export const TEMPLATE_RULES: readonly TemplateRule[] = [
  ...COMPUTE_RULES,
  ...INSTANCE_RULES,
  ...QUEUE_RULES,
  ...TRAINING_RULES,
  ...JOB_RULES,
  ...CONTAINER_RULES,
  ...TASK_RULES,
  ...POD_RULES,
  ...SUBMISSION_RULES,
  ...REQUEST_RULES,
  ...OVERRIDE_RULES,
];
