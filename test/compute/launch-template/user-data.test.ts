import { Fn, Lazy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import type { Ec2ComputeEnvironmentProps } from '../../../lib';
import { newStack } from '../../support/stack';
import { environment } from '../compute-environment';
import { userDataOf } from './user-data';

const written = (userData?: ec2.UserData): string => userDataOf(() => ({ userData }));

describe('user data', () => {
  test('is MIME multipart, as AWS Batch adds a part of its own', () => {
    expect(written()).toMatch(/^Content-Type: multipart\/mixed; boundary=".+"\nMIME-Version: 1\.0\n/);
  });

  test('of the user runs after the setup, and may be added to later', () => {
    const userData = ec2.UserData.forLinux();
    const stack = newStack();
    environment(stack, { userData });
    userData.addCommands('echo late');
    const text = userDataOf(() => ({}), stack);
    expect(text.indexOf('ecs.config')).toBeLessThan(text.indexOf('echo late'));
  });

  test.each([
    ['#!/bin/sh\ntrue', 'text/x-shellscript'],
    ['#cloud-config\npackages: [htop]', 'text/cloud-config'],
    ['#cloud-boothook\ntrue', 'text/cloud-boothook'],
    [Lazy.string({ produce: () => '#!/bin/sh' }), 'text/x-shellscript'],
    [Fn.importValue('script'), 'text/x-shellscript'],
  ])('%j is a part of type %s', (content, contentType) => {
    expect(written(ec2.UserData.custom(content)).split(`Content-Type: ${contentType}; charset="utf-8"`)).toHaveLength(
      contentType === 'text/x-shellscript' ? 3 : 2,
    );
  });

  test('in several parts gets one more', () => {
    const userData = new ec2.MultipartUserData({ partsSeparator: 'OWN' });
    userData.addPart(ec2.MultipartBody.fromRawBody({ contentType: 'text/cloud-boothook', body: 'echo own' }));
    const text = written(userData);
    expect(text.match(/--OWN\n/g)).toHaveLength(2);
    expect(text).toContain('echo own');
  });

  test.each<[string, ec2.UserData, string]>([
    ['text', ec2.UserData.custom('yum update'), `got "yum update": begin a script with '#!/bin/bash'`],
    ['a script for Windows', ec2.UserData.forWindows(), 'must be a script, a boothook or cloud-config'],
    ['MIME as text', ec2.UserData.custom('MIME-Version: 1.0\n'), 'build MIME multipart with ec2.MultipartUserData'],
  ])('refuses %s (compute-user-data)', (_, userData, message) => {
    expect(() => environment(newStack(), { userData })).toThrow(message);
    expect(() => environment(newStack(), { userData })).toThrow('[cdk-batch-platform:compute-user-data]');
  });
});

describe('a launch template of the user', () => {
  const synth = (userData: ec2.UserData): (() => unknown) => {
    const stack = newStack();
    const launchTemplate = new ec2.LaunchTemplate(stack, 'Own', { userData });
    environment(stack, { launchTemplate } satisfies Partial<Ec2ComputeEnvironmentProps>);
    return () => stack.node.root.node.findAll().flatMap((node) => node.node.validate());
  };

  test('refuses user data that is not MIME multipart (compute-user-data)', () => {
    expect(synth(ec2.UserData.forLinux())()).toEqual([
      'the user data of launch template Stack/Own must be MIME multipart: use ec2.MultipartUserData ' +
        '(in Stack/Environment) [cdk-batch-platform:compute-user-data]',
    ]);
  });

  test('may have MIME multipart', () => {
    const userData = new ec2.MultipartUserData();
    userData.addUserDataPart(ec2.UserData.forLinux());
    expect(synth(userData)()).toEqual([]);
  });
});
