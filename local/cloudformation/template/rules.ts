import { validationError } from './errors';
import { holds } from './conditions';
import { isRecord } from '../../core/json';
import { entriesOf, isList } from './json';
import type { Scope } from './scope';

/** Evaluates the Rules section: every assertion must hold, such as CDK's check of the bootstrap version. */
export const checkRules = (rules: unknown, scope: Scope): void => {
  for (const [name, rule] of entriesOf(rules)) {
    if (!isRecord(rule)) throw validationError(`Template format error: rule ${name} must be an object`);
    if (rule.RuleCondition !== undefined && !holds(rule.RuleCondition, scope)) continue;
    for (const assertion of isList(rule.Assertions) ? rule.Assertions : []) {
      if (!isRecord(assertion) || holds(assertion.Assert, scope)) continue;
      const description = typeof assertion.AssertDescription === 'string' ? assertion.AssertDescription : name;
      throw validationError(`Rule ${name} failed: ${description}`);
    }
  }
};
