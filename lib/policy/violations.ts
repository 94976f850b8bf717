import type { PolicyViolation } from 'aws-cdk-lib';
import { type Check, CHECKS } from '../contracts/checks';
import type { Finding, TemplateRule } from './rule';
import type { TemplateFile } from './template-files';

/** What rules find in a template, in the form of the CDK. @internal */
export function violationsOf({ path, template }: TemplateFile, rules: readonly TemplateRule[]): PolicyViolation[] {
  return rules.flatMap((rule) =>
    unique([...rule.find(template)]).map(({ at, message }) => ({
      ...describe(rule, message),
      violatingResources: [{ resourceLogicalId: at.logicalId, templatePath: path, locations: [at.path] }],
    })),
  );
}

/** What is violated, what was given, what is allowed and what to do. @internal */
export function describe(
  { check, fix }: Pick<TemplateRule, 'check' | 'fix'>,
  message: string,
): Omit<PolicyViolation, 'violatingResources'> {
  const { level, rule, source }: Check = CHECKS[check];
  return {
    ruleName: check,
    severity: level,
    description: `${message}, but ${rule}`,
    fix: source === undefined ? fix : `${fix} (${source})`,
    ruleMetadata: { given: message, allowed: rule, ...(source === undefined ? {} : { documentation: source }) },
  };
}

/** Compute environments share launch templates. */
const unique = (findings: readonly Finding[]): Finding[] => [
  ...new Map(
    findings.map((finding) => [`${finding.at.logicalId} ${finding.at.path} ${finding.message}`, finding]),
  ).values(),
];
