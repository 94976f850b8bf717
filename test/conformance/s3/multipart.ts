import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  type CompletedPart,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  paginateListParts,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { makeBucket } from '../kit/buckets';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const OVERVIEW = 'AmazonS3/latest/userguide/mpuoverview.html';
const LIMITS = 'AmazonS3/latest/userguide/qfacts.html';
const COMPLETE = 'AmazonS3/latest/API/API_CompleteMultipartUpload.html';
const CHECKSUMS = 'AmazonS3/latest/userguide/checking-object-integrity-upload.html';
const LIST = 'AmazonS3/latest/API/API_ListMultipartUploads.html';
const COPY = 'AmazonS3/latest/API/API_UploadPartCopy.html';

/** The least that every part but the last must have. */
const MINIMUM = 5 * 1024 ** 2;

const md5 = (data: Uint8Array) => createHash('md5').update(data).digest();
const crc = (data: Uint8Array): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(data));
  return bytes;
};

/** A bucket with an upload that has begun. */
const begin = async (target: Target, more: Partial<CreateMultipartUploadCommandInput> = {}) => {
  const bucket = await makeBucket(target);
  const { s3, Bucket } = bucket;
  const Key = more.Key ?? 'object';
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, ...more, Key }));
  const place = { Bucket, Key, UploadId };
  target.cleanup(() => s3.send(new AbortMultipartUploadCommand(place)).catch(() => undefined));
  const upload = async (PartNumber: number, Body: Uint8Array | string): Promise<CompletedPart> => {
    const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand({ ...place, PartNumber, Body }));
    return { ETag, ChecksumCRC32, PartNumber };
  };
  const complete = (Parts: CompletedPart[], rest: Partial<CompleteMultipartUploadCommandInput> = {}) =>
    s3.send(new CompleteMultipartUploadCommand({ ...place, ...rest, MultipartUpload: { Parts } }));
  return { ...bucket, place, upload, complete };
};

export const multipart = table('S3', 'Multipart upload', [
  {
    behaviour: 'parts that come in any order become one object in the order of their numbers',
    source: OVERVIEW,
    test: async (target) => {
      const { upload, complete, get } = await begin(target, { ContentType: 'text/plain', Metadata: { a: '1' } });
      const bodies = [Buffer.alloc(MINIMUM + 1, 'a'), Buffer.from('end')];
      const second = await upload(2, bodies[1]);
      const parts = [await upload(1, bodies[0]), second];
      await expect(get('object')).rejects.toMatchObject({ name: 'NoSuchKey' });
      const { ETag } = await complete(parts);
      expect(ETag).toBe(`"${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-2"`);
      const answer = await get('object');
      expect(answer).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' }, ETag });
      const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      expect(Buffer.concat(bodies).equals(bytes)).toBe(true);
    },
  },
  {
    behaviour: 'a part that comes again replaces the one before',
    source: 'AmazonS3/latest/API/API_UploadPart.html',
    test: async (target) => {
      const { upload, complete, text } = await begin(target);
      await upload(1, 'first');
      await complete([await upload(1, 'second')]);
      expect(await text('object')).toBe('second');
    },
  },
  {
    behaviour: 'an upload that was aborted or completed is gone',
    source: 'AmazonS3/latest/API/API_AbortMultipartUpload.html',
    test: async (target) => {
      const { s3, place, upload } = await begin(target);
      await upload(1, 'x');
      await s3.send(new AbortMultipartUploadCommand(place));
      const gone = { name: 'NoSuchUpload', $metadata: { httpStatusCode: 404 } };
      await expect(upload(1, 'x')).rejects.toMatchObject(gone);
      await expect(s3.send(new ListPartsCommand(place))).rejects.toMatchObject(gone);
    },
  },
  {
    behaviour: 'parts out of order, with another ETag or not uploaded, and none at all are refused',
    source: COMPLETE,
    test: async (target) => {
      const { upload, complete } = await begin(target);
      const parts = [await upload(1, 'x'), await upload(2, 'y')];
      const [first, second] = parts;
      const cases = [
        ['InvalidPartOrder', [second, first]],
        ['InvalidPart', [first, { ...second, PartNumber: 2, ETag: '"0"' }]],
        ['InvalidPart', [{ ...first, PartNumber: 1, ETag: second.ETag }]],
        ['MalformedXML', []],
      ] as const;
      for (const [name, chosen] of cases) await expect(complete([...chosen])).rejects.toMatchObject({ name });
    },
  },
  {
    behaviour: 'every part but the last has at least 5 MiB',
    source: LIMITS,
    test: async (target) => {
      const { upload, complete } = await begin(target);
      const parts = [await upload(1, Buffer.alloc(MINIMUM - 1)), await upload(2, 'y')];
      await expect(complete(parts)).rejects.toMatchObject({ name: 'EntityTooSmall' });
    },
  },
  {
    behaviour: 'part numbers go from 1 to 10,000',
    source: LIMITS,
    test: async (target) => {
      const { upload, complete, text } = await begin(target, {
        ChecksumAlgorithm: 'CRC32',
        ChecksumType: 'FULL_OBJECT',
      });
      for (const number of [0, 10_001]) {
        await expect(upload(number, 'x')).rejects.toMatchObject({ name: 'InvalidArgument' });
      }
      await complete([await upload(10_000, 'x')]);
      expect(await text('object')).toBe('x');
    },
  },
  {
    behaviour: 'a composite checksum is that of the checksums of the parts, and its number of parts follows it',
    source: CHECKSUMS,
    test: async (target) => {
      const { upload, complete, Bucket, s3 } = await begin(target, { ChecksumAlgorithm: 'CRC32' });
      const bodies = [Buffer.alloc(MINIMUM, 'a'), Buffer.from('b')];
      const done = await complete([await upload(1, bodies[0]), await upload(2, bodies[1])]);
      const ChecksumCRC32 = `${crc(Buffer.concat(bodies.map(crc))).toString('base64')}-2`;
      expect(done).toMatchObject({ ChecksumCRC32, ChecksumType: 'COMPOSITE' });
      const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'object', ChecksumMode: 'ENABLED' }));
      expect(head).toMatchObject({ ChecksumCRC32, ChecksumType: 'COMPOSITE' });
    },
  },
  {
    behaviour: 'a full object checksum is that of the bytes, and is verified against the one that was sent',
    source: CHECKSUMS,
    test: async (target) => {
      const { upload, complete } = await begin(target, { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
      const bodies = [Buffer.alloc(MINIMUM, 'a'), Buffer.from('b')];
      const parts = [await upload(1, bodies[0]), await upload(2, bodies[1])];
      const ChecksumCRC32 = crc(Buffer.concat(bodies)).toString('base64');
      const sent = { ChecksumType: 'FULL_OBJECT' } as const;
      await expect(
        complete(parts, { ...sent, ChecksumCRC32: crc(bodies[1]).toString('base64') }),
      ).rejects.toMatchObject({ name: 'BadDigest' });
      expect(await complete(parts, { ...sent, ChecksumCRC32 })).toMatchObject({
        ...{ ChecksumCRC32, ChecksumType: 'FULL_OBJECT' },
      });
    },
  },
  {
    behaviour: 'an upload with composite checksums is completed with that of each part, numbered from 1 without gaps',
    source: 'AmazonS3/latest/API/API_CompletedPart.html',
    test: async (target) => {
      const { upload, complete } = await begin(target, { ChecksumAlgorithm: 'CRC32' });
      const part = await upload(1, 'x');
      await expect(complete([{ ...part, ChecksumCRC32: undefined }])).rejects.toMatchObject({ name: 'InvalidRequest' });
      await expect(complete([{ ...part, ChecksumCRC32: 'AAAAAA==' }])).rejects.toMatchObject({ name: 'InvalidPart' });
      await expect(complete([await upload(2, 'x')])).rejects.toMatchObject({ name: 'InvalidPartOrder' });
    },
  },
  {
    behaviour: 'SHA-256 has composite checksums only, CRC-64/NVME those of the full object only',
    source: CHECKSUMS,
    test: async (target) => {
      const full = { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' } as const;
      await expect(begin(target, full)).rejects.toMatchObject({ name: 'InvalidRequest' });
      const composite = { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' } as const;
      await expect(begin(target, composite)).rejects.toMatchObject({ name: 'InvalidRequest' });
    },
  },
  {
    behaviour: 'If-None-Match: * and If-Match are the conditions of a completion, and the size can be',
    source: 'AmazonS3/latest/userguide/conditional-writes.html',
    test: async (target) => {
      const { upload, complete, put, text } = await begin(target);
      const { ETag } = await put('object', 'there');
      const parts = [await upload(1, 'parts')];
      const failed = { name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } };
      await expect(complete(parts, { IfNoneMatch: '*' })).rejects.toMatchObject(failed);
      await expect(complete(parts, { IfMatch: '"0"' })).rejects.toMatchObject(failed);
      await expect(complete(parts, { MpuObjectSize: 4 })).rejects.toMatchObject({ name: 'InvalidRequest' });
      await complete(parts, { IfMatch: ETag, MpuObjectSize: 5 });
      expect(await text('object')).toBe('parts');
    },
  },
  {
    behaviour: 'a part can be copied from a range of another object',
    source: COPY,
    test: async (target) => {
      const { s3, place, put, complete, text, Bucket } = await begin(target);
      await put('source', '0123456789');
      const copy = (more: object) =>
        s3.send(new UploadPartCopyCommand({ ...place, PartNumber: 1, CopySource: `${Bucket}/source`, ...more }));
      const { CopyPartResult } = await copy({ CopySourceRange: 'bytes=2-5' });
      for (const range of ['bytes=2-10', 'bytes=-3', 'bytes=5-2']) {
        await expect(copy({ CopySourceRange: range })).rejects.toMatchObject({ name: 'InvalidArgument' });
      }
      await expect(copy({ CopySourceIfMatch: '"0"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
      await complete([{ ...CopyPartResult, PartNumber: 1 }]);
      expect(await text('object')).toBe('2345');
    },
  },
  {
    behaviour: 'the parts of an upload are listed by number, in pages',
    source: 'AmazonS3/latest/API/API_ListParts.html',
    test: async (target) => {
      const { s3, place, upload } = await begin(target);
      for (const number of [7, 2, 30, 1]) await upload(number, `part ${number}`);
      const seen: unknown[] = [];
      for await (const page of paginateListParts({ client: s3, pageSize: 3 }, place)) {
        expect(page.Parts?.length).toBeLessThanOrEqual(3);
        seen.push(...(page.Parts ?? []).map(({ PartNumber, Size }) => [PartNumber, Size]));
      }
      expect(seen).toEqual([
        ...[
          [1, 6],
          [2, 6],
        ],
        ...[
          [7, 6],
          [30, 7],
        ],
      ]);
    },
  },
  {
    behaviour: 'uploads in progress are listed by key, below a prefix, rolled up and in pages',
    source: LIST,
    test: async (target) => {
      const { s3, Bucket } = await begin(target, { Key: 'photos/2006/January/a.jpg' });
      for (const Key of ['videos/b', 'photos/2006/February/c.jpg', 'photos/2006/February/c.jpg', 'sample.jpg']) {
        const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
        target.cleanup(() => s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })));
      }
      const list = (more: object) => s3.send(new ListMultipartUploadsCommand({ Bucket, ...more }));
      const rolled = await list({ Delimiter: '/' });
      expect(rolled.CommonPrefixes).toEqual([{ Prefix: 'photos/' }, { Prefix: 'videos/' }]);
      expect(rolled.Uploads?.map(({ Key }) => Key)).toEqual(['sample.jpg']);
      expect((await list({ Prefix: 'photos/2006/J' })).Uploads).toHaveLength(1);
      const seen: (string | undefined)[] = [];
      let page = await list({ MaxUploads: 1 });
      for (;;) {
        seen.push(...(page.Uploads ?? []).map(({ Key, UploadId }) => `${Key ?? ''} ${UploadId ?? ''}`));
        if (page.IsTruncated !== true) break;
        const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
        page = await list({ MaxUploads: 1, KeyMarker, UploadIdMarker });
      }
      expect(new Set(seen).size).toBe(5);
      expect(seen.map((each) => each?.split(' ')[0])).toEqual([
        ...['photos/2006/February/c.jpg', 'photos/2006/February/c.jpg', 'photos/2006/January/a.jpg'],
        ...['sample.jpg', 'videos/b'],
      ]);
    },
  },
]);
