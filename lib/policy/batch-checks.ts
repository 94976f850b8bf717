import type { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport } from 'aws-cdk-lib';
import { NAMESPACE } from '../private/check';
import { stackTagViolations } from './stack-tags';
import { templatesOf } from './template-files';
import { violationsOf } from './violations';
import { TEMPLATE_RULES } from './rules';

/**
 * Checks what an app defines of AWS Batch, with this library or with any other: what AWS Batch refuses, what leaves jobs
 * waiting for ever, and what is less secure than it can be. The last step of synthesis, which errors stop:
 *
 *     Validations.of(app).addPlugins(new BatchChecks());
 *
 * The checks are those of docs/checks.md that can be read from a template. Values that are known only at deploy time pass;
 * a parameter has its default value. Nobody but who wrote the app can acknowledge a violation:
 * `Validations.of(scope).acknowledge({ id: 'cdk-batch-platform::job-privileged', reason })`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class BatchChecks implements IPolicyValidationPlugin {
  /** What the checks are called in reports, and what their ids begin with. */
  public readonly name: string = NAMESPACE;

  /** Ids of the checks that are read from templates. */
  public readonly ruleIds?: string[] = [
    ...new Set([...TEMPLATE_RULES.map(({ check }) => check), 'compute-stack-tags']),
  ].sort();

  /** Reads the templates of an app. */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = [
      ...templatesOf(context).flatMap((file) => violationsOf(file, TEMPLATE_RULES)),
      ...stackTagViolations(context),
    ];
    return { violations, success: violations.every(({ severity }) => severity !== 'error') };
  }
}
