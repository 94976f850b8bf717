import { expect, test } from 'vitest';
import { crc32, crc32c, crc64nvme } from '../../../local/s3/crc';

test.each([
  ['CRC-32', crc32, 'cbf43926'],
  ['CRC-32C', crc32c, 'e3069283'],
  ['CRC-64/NVME', crc64nvme, 'ae8b14860a799888'],
])('%s of the check string is the one in the catalogue, however it is cut', (_name, create, expected) => {
  for (const cut of [0, 1, 5, 9]) {
    const digest = create();
    digest.update(Buffer.from('123456789'.slice(0, cut)));
    digest.update(Buffer.from('123456789'.slice(cut)));
    expect(digest.digest().toString('hex')).toBe(expected);
  }
});
