import { templateError } from './errors';

const toNumber = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number.parseInt(part, 10), 0);

const toAddress = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** `Fn::Cidr`: the first `count` blocks with `hostBits` host bits in an IPv4 block. */
export const splitCidr = (block: string, count: number, hostBits: number): readonly string[] => {
  const match = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(block);
  if (match === null)
    throw templateError(`Fn::Cidr takes an IPv4 block such as 10.0.0.0/16, got ${JSON.stringify(block)}`);
  const [, address, prefix] = match;
  const free = 2 ** (32 - Number(prefix) - hostBits);
  if (!(count >= 1 && count <= 256 && count <= free)) {
    throw templateError(`Fn::Cidr cannot take ${count} blocks of ${hostBits} host bits out of ${block}`);
  }
  const size = 2 ** hostBits;
  return Array.from({ length: count }, (_, index) => `${toAddress(toNumber(address) + index * size)}/${32 - hostBits}`);
};
