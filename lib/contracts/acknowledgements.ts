/** Why a finding of a security scanner stands. */
export interface Acknowledgement {
  /** Rules of cdk-nag by their names, and the packs that have them. */
  readonly rules: Readonly<Record<string, readonly Pack[]>>;
  /** What the ids of single findings have between brackets, before `::`; rules without it have one finding a resource. */
  readonly finding?: 'Resource' | 'Policy';
  /** Why it is right here, in a few sentences. */
  readonly reason: string;
  /** Page of AWS that says so. */
  readonly evidence: string;
}

type Pack = 'AwsSolutions' | 'HIPAA.Security' | 'NIST.800.53.R5' | 'PCI.DSS.321' | 'Serverless';

const NIST_AND_HIPAA = ['NIST.800.53.R5', 'HIPAA.Security'] as const;
const REGULATED = [...NIST_AND_HIPAA, 'PCI.DSS.321'] as const;

/** All findings that the library leaves as they are, by what they are about; docs/security-findings.md is made of it. */
export const ACKNOWLEDGEMENTS = {
  'narrowest-resource': {
    rules: { IAM5: ['AwsSolutions'] },
    finding: 'Resource',
    reason:
      'Nothing narrower exists: the action takes no resource, or what follows the wildcard is made up after the policy ' +
      'was written - the key of an object below this prefix, the id of a job, a revision of this job definition, the ' +
      'cluster that AWS Batch makes, an ECS task of it.',
    evidence:
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  },
  'policy-of-aws': {
    rules: { IAM4: ['AwsSolutions'] },
    finding: 'Policy',
    reason:
      'The service acts by itself with this role, and AWS changes the policy when the service learns something new: a ' +
      'copy would fall behind, and nodes or instances would no longer start. Roles that our own code or jobs act as ' +
      'have no policy of AWS.',
    evidence: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-awsmanpol.html',
  },
  'inline-policy': {
    rules: { IAMNoInlinePolicy: REGULATED },
    reason:
      'The policy names exactly what this one role needs, and comes and goes with it. A policy that could be attached ' +
      'to other roles would give them what they do not need.',
    evidence: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-choosing-managed-or-inline.html',
  },
  'access-log': {
    rules: { S1: ['AwsSolutions'], S3BucketLoggingEnabled: REGULATED },
    reason:
      'Server access logs are delivered at best effort, cost storage for each request of each job, and their bucket ' +
      "cannot be encrypted with a key of one's own. Data events of CloudTrail say who read what, completely. Who wants " +
      'the logs nevertheless gives the platform a bucket that has them.',
    evidence: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/logging-with-S3.html',
  },
  'second-copy': {
    rules: { S3BucketReplicationEnabled: REGULATED, DynamoDBInBackupPlan: NIST_AND_HIPAA },
    reason:
      'A copy in another Region or account costs as much again, and where it may be is for the owner of the data to say. ' +
      'Without one, what was overwritten or deleted can be restored: objects for 30 days, the table to any second of ' +
      'the last 35 days.',
    evidence: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/disaster-recovery-resiliency.html',
  },
  'dead-letter-queue': {
    rules: { SQS3: ['AwsSolutions'], SQSRedrivePolicy: ['Serverless'] },
    reason:
      'This is the dead-letter queue itself, that of a rule, a schedule or a function. The scanner looks for those of ' +
      'other queues only, or asks for one more behind it.',
    evidence: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
  },
  'function-concurrency': {
    rules: { LambdaConcurrency: NIST_AND_HIPAA },
    reason:
      'Reserved concurrency is taken from all other functions of the account. A new account may have as few as 10 in ' +
      'all, of which none can be reserved: the stack could not be deployed.',
    evidence: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html',
  },
  'synchronous-function': {
    rules: { LambdaDLQ: [...NIST_AND_HIPAA, 'Serverless'] },
    reason:
      'Step Functions invokes this function and waits for its answer: an error is an error of the state machine, which ' +
      'tries again, records it and publishes it. Dead-letter queues serve asynchronous invocations only.',
    evidence: 'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
  },
  'function-network': {
    rules: { LambdaInsideVPC: REGULATED },
    reason:
      'The function talks to APIs of AWS only, by TLS and signed with its role, and to nothing inside of a VPC. In one, ' +
      'it would need a NAT gateway or an endpoint for each API, and could reach more than now, not less.',
    evidence: 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html',
  },
  'default-security-group': {
    rules: { VPCDefaultSecurityGroupClosed: REGULATED },
    reason:
      'CloudFormation cannot take rules from the default security group: it takes a custom resource with the right to ' +
      'change security groups. Nothing here is in that group; compute environments have their own.',
    evidence: 'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  },
  'internet-route': {
    rules: { VPCNoUnrestrictedRouteToIGW: REGULATED, VPCSubnetAutoAssignPublicIpDisabled: REGULATED },
    reason:
      'Public subnets are there for this route: the NAT gateway reaches the internet by it, or jobs do in a network that ' +
      'was chosen to be public, which takes an address of their own. Nothing comes in by it, as compute environments have ' +
      'security groups without inbound rules.',
    evidence: 'https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html',
  },
  'inner-source': {
    rules: { EC2RestrictedCommonPorts: REGULATED, EC2RestrictedSSH: REGULATED, EC23: ['AwsSolutions'] },
    reason:
      'The source of the rule is inside: the security group itself, of which an Elastic Fabric Adapter needs all traffic ' +
      '(https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/efa-start.html), or, for HTTPS to endpoints, the address range ' +
      'of the network when it is known at deploy time only. Nothing from outside comes in; the scanner does not look at ' +
      'the one source and cannot read the other.',
    evidence: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  },
} as const satisfies Record<string, Acknowledgement>;

/** What a finding is about. */
export type AcknowledgementName = keyof typeof ACKNOWLEDGEMENTS;
