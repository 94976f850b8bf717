import type { Output } from '../../core/service';
import { element, scalar, XML_DECLARATION } from '../xml';
import { FLAT_ELEMENTS, WRAPPED_ELEMENTS } from './names';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** How an answer becomes XML. */
interface Shape {
  readonly root: string;
  /** The one member that is the document; otherwise all members are. */
  readonly payload?: string;
}

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['ListBuckets', { root: 'ListAllMyBucketsResult' }],
  ['ListObjectsV2', { root: 'ListBucketResult' }],
  ['ListObjectVersions', { root: 'ListVersionsResult' }],
  ['DeleteObjects', { root: 'DeleteResult' }],
  ['CreateMultipartUpload', { root: 'InitiateMultipartUploadResult' }],
  ['CompleteMultipartUpload', { root: 'CompleteMultipartUploadResult' }],
  ['ListMultipartUploads', { root: 'ListMultipartUploadsResult' }],
  ['ListParts', { root: 'ListPartsResult' }],
  ['UploadPartCopy', { root: 'CopyPartResult', payload: 'CopyPartResult' }],
  ['CopyObject', { root: 'CopyObjectResult', payload: 'CopyObjectResult' }],
  ['GetBucketLocation', { root: 'LocationConstraint', payload: 'LocationConstraint' }],
  ['GetBucketVersioning', { root: 'VersioningConfiguration' }],
  ['GetBucketTagging', { root: 'Tagging' }],
  ['GetBucketLifecycleConfiguration', { root: 'LifecycleConfiguration' }],
  ['GetBucketNotificationConfiguration', { root: 'NotificationConfiguration' }],
  ['GetBucketEncryption', { root: 'ServerSideEncryptionConfiguration', payload: 'ServerSideEncryptionConfiguration' }],
  ['GetPublicAccessBlock', { root: 'PublicAccessBlockConfiguration', payload: 'PublicAccessBlockConfiguration' }],
  ['GetBucketOwnershipControls', { root: 'OwnershipControls', payload: 'OwnershipControls' }],
]);

const renderMember = (name: string, value: unknown): string => {
  if (value === undefined || value === null) return '';
  const wrapped = WRAPPED_ELEMENTS.get(name);
  if (!Array.isArray(value)) return element(name, renderContent(value));
  if (wrapped !== undefined) {
    return element(name, value.map((entry) => element(wrapped, renderContent(entry))).join(''));
  }
  const each = FLAT_ELEMENTS.get(name) ?? name;
  return value.map((entry) => element(each, renderContent(entry))).join('');
};

const renderContent = (value: unknown): string => {
  if (typeof value !== 'object' || value === null || value instanceof Date) return scalar(value);
  return Object.entries(value)
    .map(([name, member]) => renderMember(name, member))
    .join('');
};

/** The XML of an answer; undefined for operations that answer with headers or bytes. */
export const renderXml = (operation: string, output: Output): string | undefined => {
  const shape = SHAPES.get(operation);
  if (shape === undefined) return undefined;
  const value = shape.payload === undefined ? output : output[shape.payload];
  return `${XML_DECLARATION}<${shape.root} xmlns="${NAMESPACE}">${renderContent(value)}</${shape.root}>`;
};
