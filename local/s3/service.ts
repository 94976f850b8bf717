import type { Operation, Service } from '../core/service';
import type { World } from '../core/world';
import { bucketOperations } from './bucket-operations';
import { completeMultipartUpload } from './complete-upload';
import { configurationOperations } from './configuration';
import { copyObject } from './copy-object';
import { deleteObject, deleteObjects } from './delete-object';
import { getObject, headObject } from './get-object';
import { listObjectsV2 } from './list-objects';
import { listMultipartUploads, listParts } from './list-uploads';
import { listObjectVersions } from './list-versions';
import { putObject } from './put-object';
import { Store } from './store';
import { uploadPart, uploadPartCopy } from './upload-part';
import { abortMultipartUpload, createMultipartUpload } from './uploads';

/** S3: buckets and objects, path-style. */
export const createS3 = (world: World): Service => {
  const store = new Store(world);
  /** Keeps the bucket as it is after an operation that may have changed it. */
  const saving =
    (operation: Operation): Operation =>
    async (input, call) => {
      const output = await operation(input, call);
      if (typeof input.Bucket === 'string') store.save(input.Bucket);
      return output;
    };
  const operations: Readonly<Record<string, Operation>> = {
    ...bucketOperations(store),
    ...configurationOperations(store),
    PutObject: putObject(store),
    GetObject: getObject(store),
    HeadObject: headObject(store),
    CopyObject: copyObject(store),
    DeleteObject: deleteObject(store),
    DeleteObjects: deleteObjects(store),
    ListObjectsV2: listObjectsV2(store),
    ListObjectVersions: listObjectVersions(store),
    CreateMultipartUpload: createMultipartUpload(store),
    UploadPart: uploadPart(store),
    UploadPartCopy: uploadPartCopy(store),
    ListParts: listParts(store),
    ListMultipartUploads: listMultipartUploads(store),
    CompleteMultipartUpload: completeMultipartUpload(store),
    AbortMultipartUpload: abortMultipartUpload(store),
  };
  const changesBucket = (name: string): boolean =>
    !/^(Get|Head|List|Put(Object)$|Delete(Object|Objects)$|Copy)/.test(name);
  return {
    name: 's3',
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, run]) => [name, changesBucket(name) ? saving(run) : run]),
    ),
  };
};
