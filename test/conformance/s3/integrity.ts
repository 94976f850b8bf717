import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { makeBucket } from '../kit/buckets';
import { table } from '../kit/table';

const SOURCE = 'AmazonS3/latest/userguide/checking-object-integrity-upload.html';
const PUT = 'AmazonS3/latest/API/API_PutObject.html';
const TRAILING = 'AmazonS3/latest/API/sigv4-streaming-trailers.html';

const CHECK = '123456789';
const sha = (algorithm: string) => createHash(algorithm).update(CHECK).digest('base64');

/** What catalogues of checksums give for the check string. */
const SUMS = {
  CRC32: Buffer.from('cbf43926', 'hex').toString('base64'),
  CRC32C: Buffer.from('e3069283', 'hex').toString('base64'),
  CRC64NVME: Buffer.from('ae8b14860a799888', 'hex').toString('base64'),
  SHA1: sha('sha1'),
  SHA256: sha('sha256'),
} as const;

const ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

export const integrity = table('S3', 'Integrity', [
  {
    behaviour: 'a checksum of each algorithm is verified, kept and told to who asks, for bytes and for streams',
    source: SOURCE,
    test: async (target) => {
      const { Bucket, s3, put, text } = await makeBucket(target);
      for (const ChecksumAlgorithm of ALGORITHMS) {
        for (const body of [CHECK, Readable.from([Buffer.from('1234'), Buffer.from('56789')])]) {
          await put('a', body, { ChecksumAlgorithm, ContentLength: CHECK.length });
          const shown = { [`Checksum${ChecksumAlgorithm}`]: SUMS[ChecksumAlgorithm], ChecksumType: 'FULL_OBJECT' };
          const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a', ChecksumMode: 'ENABLED' }));
          expect(head).toMatchObject(shown);
          expect(await text('a', { ChecksumMode: 'ENABLED' })).toBe(CHECK);
        }
      }
    },
  },
  {
    behaviour: 'an object that comes without a checksum gets a CRC-64/NVME',
    source: SOURCE,
    test: async (target) => {
      const { Bucket, s3 } = await makeBucket(target);
      const place = { Bucket, Key: 'a' };
      const { clientOptions } = target;
      const forcePathStyle = clientOptions.endpoint !== undefined;
      const bare = new S3Client({ ...clientOptions, forcePathStyle, requestChecksumCalculation: 'WHEN_REQUIRED' });
      await bare.send(new PutObjectCommand({ ...place, Body: CHECK }));
      const head = await s3.send(new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' }));
      expect(head).toMatchObject({ ChecksumCRC64NVME: SUMS.CRC64NVME, ChecksumType: 'FULL_OBJECT' });
    },
  },
  {
    behaviour: 'a stream travels in frames with its checksum after it, and neither becomes part of the object',
    source: TRAILING,
    test: async (target) => {
      const { put, get } = await makeBucket(target);
      const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));
      const body = Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)]);
      await put('a', body, { ContentLength: bytes.length, ContentEncoding: 'gzip' });
      const answer = await get('a');
      expect(answer).toMatchObject({ ContentLength: bytes.length, ContentEncoding: 'gzip' });
      expect(bytes.equals((await answer.Body?.transformToByteArray()) ?? new Uint8Array())).toBe(true);
    },
  },
  {
    behaviour: 'bytes that do not have the checksum or the MD5 that was sent are refused, and nothing is written',
    source: PUT,
    test: async (target) => {
      const { put, get } = await makeBucket(target);
      for (const algorithm of ALGORITHMS) {
        const wrong = Buffer.alloc(Buffer.from(SUMS[algorithm], 'base64').length).toString('base64');
        await expect(put('a', CHECK, { [`Checksum${algorithm}`]: wrong })).rejects.toMatchObject({
          ...{ name: 'BadDigest', $metadata: { httpStatusCode: 400 } },
        });
      }
      const ContentMD5 = Buffer.alloc(16).toString('base64');
      await expect(put('a', CHECK, { ContentMD5 })).rejects.toMatchObject({ name: 'BadDigest' });
      await expect(put('a', CHECK, { ContentMD5: 'AAAA' })).rejects.toMatchObject({ name: 'InvalidDigest' });
      await expect(get('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
    },
  },
  {
    behaviour: 'one checksum is taken, not two',
    source: PUT,
    test: async (target) => {
      const { put } = await makeBucket(target);
      const both = { ChecksumSHA1: SUMS.SHA1, ChecksumSHA256: SUMS.SHA256 };
      await expect(put('a', CHECK, both)).rejects.toMatchObject({ name: 'InvalidRequest' });
    },
  },
  {
    behaviour: 'frames with a wrong checksum after them, without the one they announced, or cut short are refused',
    source: TRAILING,
    local: async (target) => {
      const { Bucket, get } = await makeBucket(target);
      const sum = (text: string): string => {
        const bytes = Buffer.alloc(4);
        bytes.writeUInt32BE(crc32(text));
        return bytes.toString('base64');
      };
      const send = async (body: string, length = CHECK.length): Promise<string> => {
        const headers = {
          authorization: 'AWS4-HMAC-SHA256 Credential=KEY/20260101/us-east-1/s3/aws4_request, Signature=0',
          'content-encoding': 'aws-chunked',
          'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
          'x-amz-decoded-content-length': `${length}`,
          'x-amz-trailer': 'x-amz-checksum-crc32',
        };
        const answer = await fetch(`${target.endpoint.url}/${Bucket}/a`, { method: 'PUT', headers, body });
        return answer.ok ? 'taken' : (/<Code>(\w+)/.exec(await answer.text())?.[1] ?? '');
      };
      const frames = `4\r\n1234\r\n5\r\n56789\r\n0\r\n`;
      expect(await send(`${frames}x-amz-checksum-crc32:${sum('987654321')}\r\n\r\n`)).toBe('BadDigest');
      expect(await send(`${frames}\r\n`)).toBe('MalformedTrailerError');
      expect(await send(frames.slice(0, 12))).toBe('IncompleteBody');
      expect(await send(`${frames}x-amz-checksum-crc32:${sum(CHECK)}\r\n\r\n`, 10)).toBe('IncompleteBody');
      await expect(get('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
      expect(await send(`${frames}x-amz-checksum-crc32:${sum(CHECK)}\r\n\r\n`)).toBe('taken');
    },
  },
]);
