import { BlockList, isIP } from 'node:net';
import { PatternError } from './pattern-error';

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined => {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
};

/** `10.0.0.0/24`, `2001:db8::/32`. */
export const cidrTest = (cidr: string): ((text: string) => boolean) => {
  const [network = '', bits = '', ...rest] = cidr.split('/');
  const family = familyOf(network);
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (family === undefined || rest.length > 0 || !(prefix <= (family === 'ipv4' ? 32 : 128))) {
    throw new PatternError(`"cidr" must be an IPv4 or IPv6 range such as "10.0.0.0/24", got ${JSON.stringify(cidr)}`);
  }
  const block = new BlockList();
  block.addSubnet(network, prefix, family);
  return (text) => familyOf(text) === family && block.check(text, family);
};
