import { arnIn, type NeedsOf, textIn } from './need';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
export const kmsNeeds: NeedsOf = (operation, input, world) => {
  const key = textIn(input, 'KeyId') || textIn(input, 'TargetKeyId');
  return [{ action: `kms:${operation}`, resources: [key === '' ? '*' : arnIn(world, 'kms', 'key/', key)] }];
};

const WHOLE_ARN = /-[A-Za-z0-9]{6}$/;

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
export const secretsNeeds: NeedsOf = (operation, input, world) => {
  const id = textIn(input, 'SecretId') || textIn(input, 'Name');
  const arn = id.startsWith('arn:') ? id : world.arn('secretsmanager', `secret:${id}`);
  // A name, or an ARN up to the name, stands for the ARN of the secret, which has six characters behind it.
  const resource = WHOLE_ARN.test(arn) ? arn : `${arn}-??????`;
  return [{ action: `secretsmanager:${operation}`, resources: [id === '' ? '*' : resource] }];
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
export const iamNeeds: NeedsOf = (operation, input, world) => {
  const policy = textIn(input, 'PolicyArn');
  const role = textIn(input, 'RoleName');
  const profile = textIn(input, 'InstanceProfileName');
  const own = (kind: string, name: string): string => `arn:${world.partition}:iam::${world.account}:${kind}/${name}`;
  const named = profile !== '' ? own('instance-profile', profile) : role !== '' ? own('role', role) : policy;
  return [{ action: `iam:${operation}`, resources: [named === '' ? '*' : named] }];
};

/** Anybody may ask who they are. */
export const stsNeeds: NeedsOf = (operation, input) =>
  operation === 'GetCallerIdentity' ? [] : [{ action: `sts:${operation}`, resources: [textIn(input, 'RoleArn')] }];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html */
export const cloudformationNeeds: NeedsOf = (operation, input, world) => {
  const stack = textIn(input, 'StackName');
  const resource = stack.startsWith('arn:') ? stack : world.arn('cloudformation', `stack/${stack}/*`);
  return [{ action: `cloudformation:${operation}`, resources: [stack === '' ? '*' : resource] }];
};
