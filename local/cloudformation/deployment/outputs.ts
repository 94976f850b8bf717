import { notSupported } from '../../core/errors';
import type { StackScope } from '../stack/scope';
import type { Stack, StackOutput } from '../stack/stack';
import type { StackStore } from '../stack/stack-store';
import { templateError, validationError } from '../template/errors';
import { evaluate } from '../template/evaluate';
import { isRecord } from '../../core/json';
import { entriesOf } from '../template/json';
import type { Template } from '../template/template';
import { hasReference } from './dynamic-references';

const textOf = (value: unknown, where: string): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw templateError(`${where} must be a string`);
};

/** The outputs of a stack whose resources exist. */
export const outputsOf = (template: Template, scope: StackScope): readonly StackOutput[] =>
  entriesOf(template.outputs).flatMap(([key, declared]) => {
    if (!isRecord(declared)) return [];
    const { Condition: condition, Description: description, Export: exported } = declared;
    if (typeof condition === 'string' && !scope.condition(condition)) return [];
    const exportName = isRecord(exported) ? textOf(evaluate(exported.Name, scope), `the export of ${key}`) : undefined;
    const value = textOf(evaluate(declared.Value, scope), `output ${key}`);
    if (hasReference(value)) throw notSupported(`the dynamic reference in output ${key}`, 'pass it as a parameter');
    return {
      key,
      value,
      description: typeof description === 'string' ? description : undefined,
      exportName,
    };
  });

/** Refuses an export that another stack has, and the loss or change of one that another stack uses. */
export const checkExports = (store: StackStore, stack: Stack, outputs: readonly StackOutput[]): void => {
  for (const { exportName } of outputs) {
    const owner = store.exports().find((found) => found.exportName === exportName && found.stack !== stack);
    if (owner !== undefined) {
      throw validationError(
        `Export with name ${owner.exportName} is already exported by stack ${owner.stack.head.name}.`,
      );
    }
  }
  for (const { exportName, value } of stack.head.outputs) {
    const after = outputs.find((output) => output.exportName === exportName);
    if (exportName === undefined || after?.value === value) continue;
    const users = store.importers(exportName, stack);
    if (users === '') continue;
    const verb = after === undefined ? 'delete' : 'update';
    throw validationError(`Cannot ${verb} export ${exportName} as it is in use by ${users}.`);
  }
};
