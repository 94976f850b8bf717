import { Stack } from 'aws-cdk-lib';
import * as batch from 'aws-cdk-lib/aws-batch';
import type { IConstruct } from 'constructs';
import { shellPlaceholdersIn } from '../../contracts/rules/shell';
import { warn } from '../../private/check';
import type { IBatchJob } from '../batch-job-interface';

/** Warns of placeholders that a shell reads as a part of its script. @internal */
export function checkShells(scope: IConstruct, commands: readonly (readonly string[])[]): void {
  const names = [...new Set(commands.flatMap(shellPlaceholdersIn))];
  if (names.length === 0) return;
  const placeholders = names.map((name) => `Ref::${name}`).join(', ');
  warn(
    scope,
    `a shell reads the value of ${placeholders} as a part of its script, so that who submits the job can run any command ` +
      `in it: let the script read its arguments, as in ['sh', '-c', 'python report.py "$1"', 'report', 'Ref::day'], or run ` +
      'the program without a shell',
    'job-shell-parameter',
  );
}

/**
 * Parameters of a job whose values a shell reads as a part of its script; of a job that is defined elsewhere, nothing is
 * known.
 * @internal
 */
export function shellParametersOf(job: IBatchJob): string[] {
  const resource = job.node.defaultChild;
  if (!batch.CfnJobDefinition.isCfnJobDefinition(resource)) return [];
  const { containerProperties, ecsProperties, eksProperties, nodeProperties } = resource;
  const parts = { containerProperties, ecsProperties, eksProperties, nodeProperties };
  const resolved: unknown = Stack.of(job).resolve(parts);
  return [...new Set(commandsIn(resolved).flatMap(shellPlaceholdersIn))];
}

/** The commands of all containers in a part of a definition, of pods with their arguments. */
function commandsIn(part: unknown): string[][] {
  if (typeof part !== 'object' || part === null) return [];
  const fields = new Map<string, unknown>(Object.entries(part));
  const own = ['command', 'args'].flatMap((name) => wordsOf(fields.get(name)));
  return [own, ...[...fields.values()].flatMap(commandsIn)];
}

/** What is put together by CloudFormation keeps its place, and the literal parts of it. */
const wordsOf = (list: unknown): string[] =>
  Array.isArray(list) ? list.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))) : [];
