import { crc32 as zlibCrc32 } from 'node:zlib';

/** Takes bytes as they come, and tells what they sum up to. */
export interface Digest {
  update(data: Uint8Array): unknown;
  digest(): Buffer;
}

/** Reflected polynomials. */
const CASTAGNOLI = 0x82f63b78;
const NVME = 0x9a6c9329ac4bc9b5n;

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);

const castagnoliOf = (byte: number): number => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ CASTAGNOLI : crc >>> 1;
  return crc;
};

const nvmeOf = (byte: number): bigint => {
  let crc = BigInt(byte);
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1n ? (crc >> 1n) ^ NVME : crc >> 1n;
  return crc;
};

const CASTAGNOLI_TABLE = Int32Array.from(BYTES, castagnoliOf);
// Two halves of 32 bits: arithmetic on 64 bits at once would be a hundred times slower.
const NVME_HIGH = Int32Array.from(BYTES, (byte) => Number(BigInt.asIntN(32, nvmeOf(byte) >> 32n)));
const NVME_LOW = Int32Array.from(BYTES, (byte) => Number(BigInt.asIntN(32, nvmeOf(byte))));

const bigEndian = (...words: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(words.length * 4);
  words.forEach((word, index) => bytes.writeUInt32BE(word >>> 0, index * 4));
  return bytes;
};

/** CRC-32, as in zip files. */
export const crc32 = (): Digest => {
  let crc = 0;
  return { update: (data) => (crc = zlibCrc32(data, crc)), digest: () => bigEndian(crc) };
};

/** CRC-32 of Castagnoli. */
export const crc32c = (): Digest => {
  let crc = -1;
  const update = (data: Uint8Array): void => {
    let state = crc;
    for (const byte of data) state = CASTAGNOLI_TABLE[(state ^ byte) & 0xff] ^ (state >>> 8);
    crc = state;
  };
  return { update, digest: () => bigEndian(~crc) };
};

/** CRC-64 of the NVMe specification. */
export const crc64nvme = (): Digest => {
  let crc: readonly [number, number] = [-1, -1];
  const update = (data: Uint8Array): void => {
    let [high, low] = crc;
    for (const byte of data) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ NVME_LOW[index];
      high = (high >>> 8) ^ NVME_HIGH[index];
    }
    crc = [high, low];
  };
  return { update, digest: () => bigEndian(~crc[0], ~crc[1]) };
};
