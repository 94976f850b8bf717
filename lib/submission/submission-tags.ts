import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { IBatchJob } from '../job/batch-job-interface';
import { checkEachTag, checkTagCount } from '../job/definition/job-tags';
import { warn } from '../private/check';
import { isExpression } from './jsonata';

/** Tags of a submission: those of the job, and over them its own; undefined if there are none. @internal */
export function tagsOf(
  { submissionTags }: IBatchJob,
  tags?: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  const all = { ...submissionTags, ...tags };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** The same, checked; expressions and deploy-time values pass. @internal */
export function checkedTags(
  scope: IConstruct,
  job: IBatchJob,
  tags?: Readonly<Record<string, string>>,
): Record<string, string> | undefined {
  const all = tagsOf(job, tags);
  if (all === undefined) return undefined;
  checkEachTag(scope, 'tags', all, (value) => Token.isUnresolved(value) || isExpression(value));
  checkTagCount(scope, all);
  return all;
}

/** Warns of tags that are not passed on. @internal */
export function warnOfTags(scope: IConstruct, { node, submissionTags }: IBatchJob, who: string): void {
  const names = Object.keys(submissionTags ?? {});
  if (names.length === 0) return;
  warn(
    scope,
    `the jobs do not get the tags ${names.join(', ')} that ${node.path} has in 'submissionTags', as ${who} cannot pass ` +
      `any: use a SubmitJobScheduleTarget or a state machine with a SubmitJobTask where the tags count`,
    'pipeline-tags-missing',
  );
}
