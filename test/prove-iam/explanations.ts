import type { Grant } from '../support/grants';

/** Why an action stands although nothing here notices when it is taken away. */
export interface Explanation {
  readonly applies: (grant: Grant) => boolean;
  readonly reason: string;
  /** The page that says so. */
  readonly source: string;
}

const AWS = 'https://docs.aws.amazon.com/';

const isOf =
  (owner: RegExp, action = /./) =>
  (grant: Grant): boolean =>
    owner.test(grant.owner) && action.test(grant.action);

const isAction =
  (action: RegExp) =>
  (grant: Grant): boolean =>
    action.test(grant.action);

/** The first one that fits explains a grant. */
export const EXPLANATIONS: readonly Explanation[] = [
  {
    applies: isOf(/InstanceRole|NodeRole/),
    reason: 'it is for the ECS agent or the kubelet of an instance; the local endpoint starts none',
    source: `${AWS}batch/latest/userguide/instance_IAM_role.html`,
  },
  {
    applies: isOf(/^ManagedInfrastructureRole|^OwnServiceRole/),
    reason: 'it is for what AWS does with instances; the local endpoint starts none',
    source: `${AWS}AmazonECS/latest/developerguide/infrastructure_IAM_role.html`,
  },
  {
    applies: (grant) => isOf(/Key/)(grant) && grant.principals.includes('*'),
    reason: 'it is for the roles that start instances with encrypted volumes; the local endpoint starts none',
    source: `${AWS}autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html`,
  },
  {
    applies: isOf(/Key/, /^kms:DescribeKey$/),
    reason: 'CloudWatch Logs asks for it outside of the encryption of a log group',
    source: `${AWS}AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html`,
  },
  {
    applies: isOf(/FlowLogRole/),
    reason: 'flow logs are inert on the local endpoint: there is no network',
    source: `${AWS}vpc/latest/userguide/flow-logs-iam-role.html`,
  },
  {
    applies: isAction(/^xray:/),
    reason: 'the services send traces themselves; the local endpoint has no X-Ray',
    source: `${AWS}lambda/latest/dg/services-xray.html`,
  },
  {
    applies: isOf(
      /(Plan|Collect|Gateway)FunctionRole/,
      /^kms:(Decrypt|DescribeKey|Encrypt|GenerateDataKey|GenerateDataKeyWithoutPlaintext|ReEncryptFrom|ReEncryptTo)$/,
    ),
    reason: 'who uses an encrypted table has to be allowed it; the local endpoint asks for no key of DynamoDB',
    source: `${AWS}amazondynamodb/latest/developerguide/encryption.usagenotes.html`,
  },
  {
    applies: (grant) => isOf(/Key/)(grant) && /^(events|cloudwatch)\./.test(grant.principals.join()),
    reason: 'it is for rules, alarms and dead letters of stacks that use the platform; not every stack here has some',
    source: `${AWS}eventbridge/latest/userguide/eb-encryption-key-policy.html`,
  },
  {
    applies: isAction(/^sqs:GetQueueAttributes$/),
    reason: 'a pipe looks at its queue before it takes from it; those of the local endpoint do not',
    source: `${AWS}eventbridge/latest/userguide/eb-pipes-permissions.html`,
  },
  {
    applies: isAction(/^elasticfilesystem:/),
    reason: 'file systems are inert on the local endpoint',
    source: `${AWS}batch/latest/userguide/efs-volumes.html`,
  },
  {
    applies: isAction(/^secretsmanager:DescribeSecret$/),
    reason: 'it comes with the grant of aws-cdk-lib, and tells nothing of the value',
    source: `${AWS}batch/latest/userguide/specifying-sensitive-data-secrets.html`,
  },
  {
    applies: isAction(/^s3:AbortMultipartUpload$/),
    reason: 'who fails to upload a large object takes its parts back; nobody fails here',
    source: `${AWS}AmazonS3/latest/API/API_AbortMultipartUpload.html`,
  },
  {
    applies: isAction(/^s3:ListBucket$/),
    reason: 'without it, a key that does not exist is answered with 403 instead of 404; all keys exist here',
    source: `${AWS}AmazonS3/latest/API/API_GetObject.html`,
  },
  {
    applies: isAction(/^s3:GetObject(Version)?$/),
    reason: 'an item names a version or does not, as its bucket has them or not; no route here has both',
    source: `${AWS}AmazonS3/latest/API/API_GetObject.html`,
  },
  {
    applies: isOf(
      /^(Inspect|Frames|Align|Resize|Checksum|Count)JobRole|^PlatformJobRoleschecksum/,
      /^(s3:PutObject|kms:(Decrypt|GenerateDataKey))$/,
    ),
    reason: 'the command of this example reads and writes nothing; the jobs of Flights, of the same construct, do',
    source: `${AWS}AmazonS3/latest/userguide/UsingKMSEncryption.html`,
  },
];

/** The explanation of a grant, if there is one. */
export const explanationOf = (grant: Grant): Explanation | undefined =>
  EXPLANATIONS.find(({ applies }) => applies(grant));
