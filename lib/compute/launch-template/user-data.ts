import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { isMime } from '../../contracts/rules/compute';
import { fail } from '../../private/check';

/** https://cloudinit.readthedocs.io/en/latest/explanation/format.html */
const CONTENT_TYPES: readonly (readonly [prefix: string, contentType: string])[] = [
  ['#!', ec2.MultipartBody.SHELL_SCRIPT],
  ['#cloud-config', 'text/cloud-config; charset="utf-8"'],
  ['#cloud-boothook', ec2.MultipartBody.CLOUD_BOOTHOOK],
  // https://awslabs.github.io/amazon-eks-ami/nodeadm/
  ['apiVersion: node.eks.aws/', 'application/node.eks.aws'],
  ['---\napiVersion: node.eks.aws/', 'application/node.eks.aws'],
  // Nothing but a deploy-time value: most likely a script.
  ['${Token[', ec2.MultipartBody.SHELL_SCRIPT],
];

/** Joins user data of the user and a script that runs before it, as far as there are; all becomes MIME multipart. @internal */
export function mimeUserData(scope: IConstruct, script: string | undefined, own?: ec2.UserData): ec2.MultipartUserData {
  const userData = own !== undefined && isMultipart(own) ? own : new ec2.MultipartUserData();
  if (script !== undefined) {
    userData.addPart(ec2.MultipartBody.fromRawBody({ contentType: ec2.MultipartBody.SHELL_SCRIPT, body: script }));
  }
  if (own !== undefined && own !== userData) {
    userData.addPart(ec2.MultipartBody.fromUserData(own, contentTypeOf(scope, own.render())));
  }
  return userData;
}

function isMultipart(userData: ec2.UserData): userData is ec2.MultipartUserData {
  return 'addPart' in userData;
}

function contentTypeOf(scope: IConstruct, text: string): string {
  const known = CONTENT_TYPES.find(([prefix]) => text.startsWith(prefix));
  if (known !== undefined) return known[1];
  const hint = isMime(text)
    ? 'build MIME multipart with ec2.MultipartUserData'
    : "begin a script with '#!/bin/bash', or use ec2.UserData.forLinux()";
  const got = JSON.stringify(text.slice(0, 40));
  throw fail(
    scope,
    `'userData' must be a script, a boothook or cloud-config, got ${got}: ${hint}`,
    'compute-user-data',
  );
}
