import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { unzip, type Unzipped } from 'fflate';
import type { Reader } from '../core/reader';
import type { Principal } from '../core/service';
import type { World } from '../core/world';
import { invalidParameter } from './configuration';

/** The unpacked code of a function. */
export interface Code {
  readonly directory: string;
  /** Base64, as Lambda shows it. */
  readonly sha256: string;
  /** Bytes of the archive. */
  readonly size: number;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_UNPACKED = 262_144_000;

const ZIP = Buffer.from('PK');

const fromS3 = async (world: World, principal: Principal, code: Reader): Promise<Uint8Array> => {
  const input = {
    ...{ Bucket: code.text('S3Bucket'), Key: code.text('S3Key') },
    ...(code.has('S3ObjectVersion') ? { VersionId: code.text('S3ObjectVersion') } : {}),
  };
  try {
    const { Body } = await world.call({ service: 's3', operation: 'GetObject', input, principal });
    if (Body instanceof Uint8Array) return Body;
    throw new Error('the object has no bytes');
  } catch (error) {
    throw invalidParameter(
      `cannot get the code from s3://${input.Bucket}/${input.Key}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};

const archiveOf = async (world: World, principal: Principal, code: Reader): Promise<Uint8Array> => {
  if (code.has('ImageUri')) throw invalidParameter('functions from images are not supported; use a zip archive');
  const zip = code.values.ZipFile;
  if (zip === undefined) return fromS3(world, principal, code);
  return zip instanceof Uint8Array ? zip : Buffer.from(code.text('ZipFile'), 'base64');
};

const unpack = (archive: Uint8Array): Promise<Unzipped> =>
  new Promise((done, fail) => {
    let size = 0;
    const filter = ({ originalSize }: { readonly originalSize: number }): boolean => {
      size += originalSize;
      return size <= MAX_UNPACKED;
    };
    unzip(archive, { filter }, (error, files) => {
      if (error !== null) fail(invalidParameter(`could not unzip the uploaded file: ${error.message}`));
      else if (size > MAX_UNPACKED) fail(invalidParameter(`unzipped code must not exceed ${MAX_UNPACKED} bytes`));
      else done(files);
    });
  });

/** Where a file of an archive goes; refuses a name that leads out of the folder. */
const placeOf = (directory: string, name: string): string => {
  const path = resolve(directory, name);
  if (path.startsWith(directory + sep)) return path;
  throw invalidParameter(`the archive has a file outside of itself: '${name}'`);
};

/** Unpacks the code of a function into the folder of the endpoint. */
export const installCode = async (world: World, principal: Principal, name: string, code: Reader): Promise<Code> => {
  const archive = await archiveOf(world, principal, code);
  if (!Buffer.from(archive.subarray(0, ZIP.length)).equals(ZIP)) {
    throw invalidParameter('could not unzip the uploaded file: it is no zip archive');
  }
  const hash = createHash('sha256').update(archive);
  const sha256 = hash.digest('base64');
  const version = Buffer.from(sha256, 'base64').toString('hex').slice(0, 16);
  const directory = resolve(world.directory, 'lambda', name, version);
  const files = Object.entries(await unpack(archive));
  const places = files.map(([file, content]) => ({
    path: placeOf(directory, file),
    isFolder: file.endsWith('/'),
    content,
  }));
  for (const { path, isFolder, content } of places) {
    await mkdir(isFolder ? path : dirname(path), { recursive: true });
    if (!isFolder) await writeFile(path, content);
  }
  return { directory, sha256, size: archive.length };
};
