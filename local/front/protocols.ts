import { batch } from './batch';
import { json } from './json';
import { lambda } from './lambda';
import type { Protocol } from './protocol';
import { ec2Query, query } from './query';
import { s3 } from './s3/s3';
import { scheduler } from './scheduler';

const BY_SERVICE: ReadonlyMap<string, Protocol> = new Map([
  ['batch', batch],
  ['lambda', lambda],
  ['pipes', scheduler],
  ['s3', s3],
  ['scheduler', scheduler],
  ['cloudformation', query('http://cloudformation.amazonaws.com/doc/2010-05-15/')],
  ['sts', query('https://sts.amazonaws.com/doc/2011-06-15/')],
  ['sns', query('http://sns.amazonaws.com/doc/2010-03-31/', ['Attributes'])],
  ['iam', query('https://iam.amazonaws.com/doc/2010-05-08/')],
  ['ec2', ec2Query('http://ec2.amazonaws.com/doc/2016-11-15/')],
]);

/** The protocol of a service; JSON with a target is what most of them speak. */
export const protocolOf = (service: string): Protocol => BY_SERVICE.get(service) ?? json;
