import { randomBytes } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const randomText = (length: number): string =>
  [...randomBytes(length)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('');

/** Whom a physical name is made for. */
export interface Named {
  readonly stackName: string;
  readonly logicalId: string;
}

/** `Stack-LogicalId-RANDOM`, as CloudFormation names most things that the template leaves unnamed. */
export const generatedName = ({ stackName, logicalId }: Named, longest: number): string => {
  const room = longest - 14;
  const stack = stackName.slice(0, Math.max(Math.floor(room / 2), room - logicalId.length));
  return `${stack}-${logicalId.slice(0, room - stack.length)}-${randomText(12)}`;
};

/** `LogicalId-Random`, as resource handlers of Batch and Step Functions name things. */
export const shortGeneratedName = ({ logicalId }: Named, longest: number): string =>
  `${logicalId.slice(0, longest - 17)}-${randomText(16)}`;

/** An id in EC2's shape: `vpc-0123456789abcdef0`. */
export const hexId = (prefix: string): string => `${prefix}-0${randomBytes(8).toString('hex')}`;
