import { notSupported } from '../../core/errors';
import type { Reader } from '../../core/reader';
import type { Principal } from '../../core/service';
import type { World } from '../../core/world';
import { validationError } from '../template/errors';

/** Bucket and key of a path-style address in this endpoint's own S3. */
const objectAt = (world: World, address: string): { Bucket: string; Key: string } => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.origin !== world.url) {
    throw notSupported(`the TemplateURL ${JSON.stringify(address)}`, `it must begin with ${world.url}/`);
  }
  const [bucket = '', ...key] = url.pathname.slice(1).split('/').map(decodeURIComponent);
  if (bucket === '' || key.length === 0) throw validationError(`TemplateURL ${address} must name a bucket and a key`);
  return { Bucket: bucket, Key: key.join('/') };
};

/** The text of the template that a request brings or points to. */
export const templateBody = async (
  world: World,
  principal: Principal,
  input: Reader,
  previous: string | undefined,
): Promise<string> => {
  const body = input.optionalText('TemplateBody');
  if (body !== undefined) return body;
  const address = input.optionalText('TemplateURL');
  if (address !== undefined) {
    const object = objectAt(world, address);
    const output = await world.call({ service: 's3', operation: 'GetObject', input: object, principal });
    if (!(output.Body instanceof Uint8Array)) throw validationError(`TemplateURL ${address} is not an object`);
    return Buffer.from(output.Body).toString('utf8');
  }
  if (input.flag('UsePreviousTemplate') && previous !== undefined) return previous;
  throw validationError('Either TemplateBody, TemplateURL or UsePreviousTemplate of an existing stack must be given');
};
