import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { beforeAll, describe, expect, test } from 'vitest';
import { BatchEndpoints } from '../../lib';
import { newStack } from '../support/stack';
import { ENTRIES } from '../support/entries';
import { placesOf, type Synthesised, synthesised } from './apps';

const PARTITIONS = [
  { partition: 'aws-us-gov', region: 'us-gov-west-1' },
  { partition: 'aws-cn', region: 'cn-north-1' },
];
const CASES = PARTITIONS.flatMap((partition) => ENTRIES.map((entry) => ({ ...partition, entry })));

describe.each(CASES)('$entry in $region', ({ entry, partition, region }) => {
  let given: Synthesised;

  beforeAll(async () => {
    given = await synthesised(entry, { env: { account: '111111111111', region } });
  }, 60_000);

  test('is of its region', () => {
    const regions = given.app.synth().stacks.map(({ environment }) => environment.region);
    expect([...new Set(regions)]).toEqual([region]);
  });

  test('names no resource of another partition', () => {
    const arns = [...given.text.matchAll(/arn:(aws[\w-]*):[^"]*/g)];
    expect(arns.filter(([, one]) => one !== partition).map(([arn]) => arn)).toEqual([]);
  });

  test('names services by their principals, never by the address of an endpoint', () => {
    const elsewhere = placesOf(given.resources, 'amazonaws.com').filter((place) => !isPrincipal(place));
    expect(elsewhere).toEqual([]);
  });
});

/** The path of a service-linked role holds the principal of its service. */
const isPrincipal = (place: string): boolean => /(\.Service|iam:PassedToService|aws:PrincipalArn)(\.\d+)?$/.test(place);

describe('the endpoints of networks without a way out', () => {
  test.each([
    ['us-gov-west-1', 'com.amazonaws.us-gov-west-1.ecr.api'],
    ['cn-north-1', 'cn.com.amazonaws.cn-north-1.ecr.api'],
  ])('have the names of their partition in %s', (region, name) => {
    const stack = newStack({ env: { account: '111111111111', region } });
    const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false });
    new BatchEndpoints(stack, 'Endpoints', { vpc });
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: name });
  });
});
