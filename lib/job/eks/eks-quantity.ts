import { type Size, SizeRoundingBehavior, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { fail } from '../../private/check';

/** A size as AWS Batch writes it for Kubernetes, in whole MiB; deploy-time sizes pass. @internal */
export function mebibytesOf(scope: IConstruct, what: string, size: Size, least = 1): string {
  if (size.isUnresolved()) return `${Tokenization.stringifyNumber(size.toMebibytes())}Mi`;
  const mebibytes = size.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isInteger(mebibytes) || mebibytes < least) {
    throw fail(scope, `${what} must be whole MiB, at least ${least}, got ${mebibytes} MiB`, 'job-eks-size');
  }
  return `${mebibytes}Mi`;
}
