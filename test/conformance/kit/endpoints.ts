import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DEPLOYER } from '../../../local/core/world';
import { type Endpoint, type EndpointOptions, startEndpoint } from '../../../local/endpoint';
import { processHostBundle, runtimeBundle } from '../../local/bundle';
import type { TargetOptions } from './target';

const REGION = 'us-east-1';
const ANY_PLACE = { subnets: ['subnet-1'], securityGroupIds: ['sg-1'], instanceRole: 'instance-profile' };
const HERE = { timeout: 10_000, interval: 5 };
const FAR = { timeout: 900_000, interval: 2000 };
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

const trust = {
  Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
};

/** The role of instances, as every account that runs jobs on EC2 has it. */
const makeInstanceProfile = async ({ world }: Endpoint): Promise<void> => {
  const call = (operation: string, input: Readonly<Record<string, unknown>>) =>
    world.call({ service: 'iam', operation, input, principal: DEPLOYER });
  const RoleName = ANY_PLACE.instanceRole;
  await call('CreateRole', { RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) });
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await call('AttachRolePolicy', { RoleName, PolicyArn });
  await call('CreateInstanceProfile', { InstanceProfileName: RoleName });
  await call('AddRoleToInstanceProfile', { InstanceProfileName: RoleName, RoleName });
};

/** An endpoint of ours, with what an account has that runs jobs. */
export const startOwn = async (options: EndpointOptions = {}): Promise<Endpoint> => {
  const endpoint = await startEndpoint({
    lambdaRuntime: runtimeBundle(),
    processHost: processHostBundle(),
    ...options,
  });
  await makeInstanceProfile(endpoint);
  return endpoint;
};

/** How to call an endpoint of ours. */
export const targetOf = ({ url, credentials, world }: Endpoint): TargetOptions => ({
  clientOptions: { endpoint: url, region: REGION, credentials },
  account: world.account,
  places: ANY_PLACE,
  patience: HERE,
});

const placesOf = ({
  BATCH_TEST_SUBNETS: subnets,
  BATCH_TEST_SECURITY_GROUPS: groups,
  BATCH_TEST_INSTANCE_PROFILE: instanceRole,
}: NodeJS.ProcessEnv) =>
  subnets === undefined || groups === undefined || instanceRole === undefined
    ? undefined
    : { subnets: subnets.split(','), securityGroupIds: groups.split(','), instanceRole };

/**
 * How to call the endpoint that BATCH_TEST_ENDPOINT names: another emulator on this machine with dummy credentials, or
 * `aws`, a real account, which BATCH_TEST_REAL_ACCOUNT must name by its number. Rows make, use and delete real resources there.
 */
export const foreignTarget = async (env: NodeJS.ProcessEnv): Promise<TargetOptions | undefined> => {
  const wanted = env.BATCH_TEST_ENDPOINT;
  if (wanted === undefined || wanted === '') return undefined;
  const region = env.AWS_REGION ?? REGION;
  const isHere = URL.canParse(wanted) && LOOPBACK.has(new URL(wanted).hostname);
  const expected = env.BATCH_TEST_REAL_ACCOUNT;
  if (!isHere && (wanted !== 'aws' || expected === undefined)) {
    throw new Error(
      `BATCH_TEST_ENDPOINT must be on this machine, got ${JSON.stringify(wanted)}; for a real account, ` +
        'BATCH_TEST_ENDPOINT=aws and BATCH_TEST_REAL_ACCOUNT=<its number>',
    );
  }
  const clientOptions = isHere
    ? { endpoint: wanted, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
    : { region };
  const { Account: account } = await new STSClient(clientOptions).send(new GetCallerIdentityCommand({}));
  if (account === undefined || (!isHere && account !== expected)) {
    throw new Error(
      `the credentials are of the account ${account ?? '(none)'}, BATCH_TEST_REAL_ACCOUNT is ${expected ?? '(none)'}`,
    );
  }
  return { clientOptions, account, places: placesOf(env), patience: isHere ? HERE : FAR };
};
