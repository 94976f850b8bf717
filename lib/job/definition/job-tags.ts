import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import {
  isTagKey,
  isTagValue,
  MAX_TAGS,
  TAG_KEY_IN_WORDS,
  TAG_VALUE_IN_WORDS,
  tagLength,
} from '../../contracts/rules/tags';
import { fail } from '../../private/check';

type Tags = Readonly<Record<string, string>>;

/** Rejects tags of a definition and of its jobs that AWS Batch does not take; deploy-time values pass. @internal */
export function checkTags(scope: IConstruct, tags: Tags = {}, submissionTags: Tags = {}): void {
  checkEachTag(scope, 'tags', tags);
  checkEachTag(scope, 'submissionTags', submissionTags);
  checkTagCount(scope, { ...tags, ...submissionTags });
}

/** Rejects more tags than a job can have. @internal */
export function checkTagCount(scope: IConstruct, tags: Tags): void {
  const count = Object.keys(tags).length;
  if (count <= MAX_TAGS) return;
  const allowed = `at most ${MAX_TAGS} tags, those of the job definition and of a submission together`;
  throw fail(scope, `'tags' must hold ${allowed}, got ${count}`, 'job-tags');
}

/** Rejects a tag that AWS Batch does not take; `isLater` says which values are known later only. @internal */
export function checkEachTag(
  scope: IConstruct,
  prop: string,
  tags: Tags,
  isLater: (value: string) => boolean = Token.isUnresolved,
): void {
  for (const [key, value] of Object.entries(tags)) {
    if (!Token.isUnresolved(key) && !isTagKey(key)) {
      throw fail(scope, `a key of '${prop}' must have ${TAG_KEY_IN_WORDS}, got ${JSON.stringify(key)}`, 'job-tags');
    }
    if (isLater(value) || isTagValue(value)) continue;
    const got = `${JSON.stringify(value)} of ${tagLength(value)}`;
    throw fail(scope, `'${prop}.${key}' must have ${TAG_VALUE_IN_WORDS}, got ${got}`, 'job-tags');
  }
}
