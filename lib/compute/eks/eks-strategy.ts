import type { IConstruct } from 'constructs';
import { fail } from '../../private/check';
import type { Ec2Capacity } from '../ec2/ec2-capacity';

/** Rejects what AWS Batch does not know on Amazon EKS. @internal */
export function checkStrategy(scope: IConstruct, { allocationStrategy }: Ec2Capacity): void {
  if (allocationStrategy !== 'BEST_FIT') return;
  throw fail(
    scope,
    `'capacity' must not be BEST_FIT, which AWS Batch refuses on Amazon EKS: use BEST_FIT_PROGRESSIVE`,
    'compute-eks-strategy',
  );
}
