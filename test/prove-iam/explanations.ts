import type { Grant } from '../support/grants';

/** Why an action stands although nothing here notices when it is taken away. */
export interface Explanation {
  readonly actions: RegExp;
  /** Which owners, by logical id; all of them by default. */
  readonly owners?: RegExp;
  readonly reason: string;
  /** The page that says so. */
  readonly source: string;
}

const S3 = 'https://docs.aws.amazon.com/AmazonS3/latest/API/';

/** The first one that fits explains a grant. */
export const EXPLANATIONS: readonly Explanation[] = [
  {
    actions: /^xray:/,
    reason: 'traces are sent by AWS itself; the local endpoint has no X-Ray',
    source: 'https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html',
  },
  {
    actions: /^s3:AbortMultipartUpload$/,
    reason: 'an SDK that fails to upload a large object in parts takes the parts back: without it, they are paid for',
    source: `${S3}API_AbortMultipartUpload.html`,
  },
  {
    actions: /^s3:ListBucket$/,
    reason: 'a key that does not exist is answered with 404, as code expects, and not with 403',
    source: `${S3}API_GetObject.html`,
  },
  {
    actions: /^s3:GetObject(Version)?$/,
    reason: 'an item names a version where its bucket has some, and none where it has not: no route has both',
    source: `${S3}API_GetObject.html`,
  },
];

/** The explanation of a grant, if there is one. */
export const explanationOf = ({ action, owner }: Grant): Explanation | undefined =>
  EXPLANATIONS.find(({ actions, owners }) => actions.test(action) && (owners === undefined || owners.test(owner)));
