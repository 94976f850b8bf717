import { S3Client } from '@aws-sdk/client-s3';
import type { Endpoint } from '../../../local/endpoint';

/** An unmodified client, with the SDK's default checksums. */
export const s3Client = ({ url, credentials }: Endpoint): S3Client =>
  new S3Client({ endpoint: url, region: 'us-east-1', credentials });
