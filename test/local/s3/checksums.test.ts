import { describe, expect, test } from 'vitest';
import { verifyChecksums } from '../../../local/s3/checksums';
import { crc32, crc32c, crc64nvme } from '../../../local/s3/crc';

const CHECK = Buffer.from('123456789');

describe('checksums', () => {
  test.each([
    ['CRC-32', crc32, 'cbf43926'],
    ['CRC-32C', crc32c, 'e3069283'],
    ['CRC-64/NVME', crc64nvme, 'ae8b14860a799888'],
  ])('%s of the check string is the one in the catalogue', (_name, compute, expected) => {
    expect(compute(CHECK).toString('hex')).toBe(expected);
  });

  test('that fit are kept', () => {
    const ChecksumCRC32 = crc32(CHECK).toString('base64');
    expect(verifyChecksums({ ChecksumCRC32, ContentMD5: 'JfnnlDI7RTiF9RgfG2JNCw==' }, CHECK)).toEqual({
      ChecksumCRC32,
    });
  });

  test.each(['ChecksumCRC32', 'ChecksumCRC32C', 'ChecksumCRC64NVME', 'ChecksumSHA1', 'ChecksumSHA256', 'ContentMD5'])(
    'fails when %s does not fit the body',
    (member) => {
      expect(() => verifyChecksums({ [member]: 'AAAAAA==' }, CHECK)).toThrow('it was damaged');
    },
  );
});
