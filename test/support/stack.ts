import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The feature flags of cdk.json, which are those that AWS recommends. */
export function featureFlags(): Record<string, unknown> {
  const config: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'));
  if (!isRecord(config) || !isRecord(config.context)) throw new Error('cdk.json has no context');
  return config.context;
}

/** A stack of its own app, as a user of `cdk init` has it. */
export const newStack = (props?: StackProps): Stack => new Stack(new App({ context: featureFlags() }), 'Stack', props);

/** What `define` adds to a stack. */
export function templateOf(define: (stack: Stack) => void): Template {
  const stack = newStack();
  define(stack);
  return Template.fromStack(stack);
}

/** A network that is defined elsewhere, with two private subnets. */
export const importedVpc = (stack: Stack): ec2.IVpc =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['us-east-1a', 'us-east-1b'],
    privateSubnetIds: ['subnet-00000000000000001', 'subnet-00000000000000002'],
    privateSubnetRouteTableIds: ['rtb-00000000000000001', 'rtb-00000000000000002'],
  });
