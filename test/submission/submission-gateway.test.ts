import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  BatchJob,
  Ec2ComputeEnvironment,
  type IJobQueue,
  InstanceSelection,
  JobQueue,
  PlatformCapability,
  SubmissionGateway,
} from '../../lib';
import { targetsOf } from '../../lambda/submit/targets';
import { SUBMIT_ENV, type SubmissionTargets } from '../../lib/contracts/submission';
import { nodesOf, ONE_CONTAINER, PlainJob, taskOf } from '../support/plain-job';
import { PlainQueue } from '../support/queues';
import { wildcards } from '../support/least-privilege';
import { statementsOf, statementWith } from '../support/role-statements';
import { sharedQueue } from '../support/shared-queue';
import { newStack } from '../support/stack';
import { readable, textOf, valueAt } from '../support/state-machine';

let stack: Stack;
let bucket: s3.Bucket;
let standard: PlainQueue;
let urgent: PlainQueue;
let gateway: SubmissionGateway;

beforeEach(() => {
  stack = newStack();
  bucket = new s3.Bucket(stack, 'Data', { encryptionKey: new kms.Key(stack, 'Key') });
  standard = new PlainQueue(stack, 'Standard', PlatformCapability.EC2);
  urgent = new PlainQueue(stack, 'Urgent', PlatformCapability.EC2);
  gateway = new SubmissionGateway(stack, 'Gateway', { bucket, queues: { urgent } });
});

const job = (id: string): BatchJob =>
  new BatchJob(stack, id, { image: ecs.ContainerImage.fromRegistry('busybox'), queue: standard });
const text = (token: string): string => textOf(stack.resolve(token));

/** A variable as the function reads it, with `${...}` for what CloudFormation fills in. */
function variable(name: string): string {
  const functions = Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  return textOf(valueAt(functions[0], 'Properties', 'Environment', 'Variables', name));
}

const targets = (): SubmissionTargets => targetsOf(variable(SUBMIT_ENV.targets));

describe('the function', () => {
  test('knows the jobs that were added and the queues by name', () => {
    const delays = job('Delays');
    const merge = job('Merge');
    gateway.addJob('delays', delays);
    gateway.addJob('merge "all"', merge);
    expect(targets()).toEqual({
      jobs: {
        delays: { jobDefinition: text(delays.jobDefinitionName), queue: 'Stack/Standard' },
        'merge "all"': { jobDefinition: text(merge.jobDefinitionName), queue: 'Stack/Standard' },
      },
      queues: {
        urgent: { arn: text(urgent.jobQueueArn) },
        'Stack/Standard': { arn: text(standard.jobQueueArn), own: true },
      },
    });
  });

  test('calls a queue by the name that callers know, whenever they come to know it', () => {
    gateway.addJob('delays', job('Delays'));
    gateway.addQueue('standard', standard);
    expect(targets()).toMatchObject({
      jobs: { delays: { queue: 'standard' } },
      queues: { urgent: { arn: text(urgent.jobQueueArn) }, standard: { arn: text(standard.jobQueueArn) } },
    });
  });

  test('takes no queue for another one, however its own is called', () => {
    gateway.addJob('delays', job('Delays'));
    gateway.addQueue('Stack/Standard', new PlainQueue(stack, 'Other', PlatformCapability.FARGATE));
    expect(targets()).toMatchObject({
      jobs: { delays: { queue: 'Stack/Standard+' } },
      queues: {
        'Stack/Standard': { platform: 'FARGATE' },
        'Stack/Standard+': { arn: text(standard.jobQueueArn), own: true },
      },
    });
  });

  test('knows shares, and the containers of jobs that have several', () => {
    gateway = new SubmissionGateway(stack, 'Shared', { bucket, queues: { urgent, fair: sharedQueue(stack, 'Fair') } });
    const known = { shareIdentifier: 'research' };
    const two = new PlainJob(stack, 'Two', sharedQueue(stack, 'Own'), { ecsProperties: taskOf('work', 'log') }, known);
    gateway.addJob('two', two);
    gateway.addJob('nodes', new PlainJob(stack, 'Nodes', standard, nodesOf('0:')));
    stack.node.tryRemoveChild('Gateway');
    expect(targets()).toMatchObject({
      jobs: {
        two: {
          queue: 'Stack/Own',
          shareIdentifier: 'research',
          overrides: [{ place: 'task', containers: ['work', 'log'] }],
        },
        nodes: { overrides: [{ place: 'container', containers: [], targetNodes: '0:' }] },
      },
      queues: { fair: { shared: true }, 'Stack/Own': { shared: true, own: true } },
    });
  });

  test('has room and time for 10,000 items, and keeps asynchronous requests that failed', () => {
    gateway.addJob('delays', job('Delays'));
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 1024,
      Timeout: 300,
      Environment: {
        Variables: Match.objectLike({ [SUBMIT_ENV.bucket]: stack.resolve(bucket.bucketName) as unknown }),
      },
      DeadLetterConfig: { TargetArn: stack.resolve(gateway.deadLetterQueue.queueArn) as unknown },
    });
  });
});

test('a job whose shell reads values of callers as its script is refused [pipeline-gateway-shell]', () => {
  const reckless = new BatchJob(stack, 'Reckless', {
    image: ecs.ContainerImage.fromRegistry('busybox'),
    command: ['sh', '-c', 'report Ref::day'],
    parameters: { day: 'today' },
    queue: standard,
  });
  expect(() => {
    gateway.addJob('reckless', reckless);
  }).toThrow(/a shell of the job "reckless" reads Ref::day as a part of its script, .* \(in Stack\/Gateway\)/);
});

describe('permissions', () => {
  const ROLE = 'GatewayFunctionRole';
  const resources = (action: string): unknown => readable([statementWith(stack, ROLE, action).Resource].flat());

  test('cover the jobs and queues of the gateway, and no others', () => {
    const delays = job('Delays');
    job('Other');
    gateway.addJob('delays', delays);
    const definition = `arn:\${AWS::Partition}:batch:\${AWS::Region}:\${AWS::AccountId}:job-definition/${text(delays.jobDefinitionName)}`;
    expect(resources('batch:SubmitJob')).toEqual(
      expect.arrayContaining([text(urgent.jobQueueArn), text(standard.jobQueueArn), definition, `${definition}:*`]),
    );
    expect(resources('batch:SubmitJob')).toHaveLength(4);
  });

  test('cover writing items, and no reading', () => {
    gateway.addJob('delays', job('Delays'));
    const actions = statementsOf(stack, ROLE).flatMap(({ Action }) => Action);
    expect(actions).not.toContain('s3:GetObject');
    expect(actions).not.toContain('s3:ListBucket');
    expect(resources('s3:PutObject')).toEqual(['${Data666C94C7.Arn}/submissions/*/items.jsonl']);
  });

  test('are as narrow as the actions allow', () => {
    gateway.addJob('delays', job('Delays'));
    expect(wildcards(Template.fromStack(stack).toJSON())).toEqual([]);
  });

  test('let the code of the jobs read items and write results', () => {
    gateway.addJob('delays', job('Delays'));
    expect(statementsOf(stack, 'DelaysJobRole').map(({ Action, Resource }) => readable({ Action, Resource }))).toEqual([
      { Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: '${Data666C94C7.Arn}/submissions/*' },
      { Action: 's3:ListBucket', Resource: '${Data666C94C7.Arn}' },
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '${Key961B73FD.Arn}' },
      {
        Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
        Resource: '${Data666C94C7.Arn}/submissions/*/results/*',
      },
    ]);
  });

  test('cover reading where items may be, which the function is told of', () => {
    const archive = new s3.Bucket(stack, 'Archive', { encryptionKey: new kms.Key(stack, 'ArchiveKey') });
    const landing = s3.Bucket.fromBucketName(stack, 'Landing', 'landing');
    const sources = [
      { bucket: archive, prefix: 'scenes/' },
      { bucket: landing, prefix: '' },
    ];
    gateway = new SubmissionGateway(stack, 'Open', { bucket, sources });
    gateway.addJob('delays', job('Delays'));
    stack.node.tryRemoveChild('Gateway');
    const { Resource } = statementWith(stack, 'OpenFunctionRole', 's3:GetObject');
    expect(new Set([readable(Resource)].flat())).toEqual(
      new Set([text(archive.arnForObjects('scenes/*')), text(landing.arnForObjects('*'))]),
    );
    expect(JSON.parse(variable(SUBMIT_ENV.sources))).toEqual([
      { bucket: text(archive.bucketName), prefix: 'scenes/' },
      { bucket: 'landing', prefix: '' },
    ]);
  });

  test('are granted to callers, and to the gateway itself', () => {
    gateway.addJob('delays', job('Delays'));
    const caller = new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
    expect(gateway.grants.invoke(caller).success).toBe(true);
    iam.Grant.addToPrincipal({
      grantee: gateway,
      actions: ['s3:GetObjectTagging'],
      resourceArns: ['arn:aws:s3:::other/*'],
    });
    expect(statementWith(stack, 'Caller', 'lambda:InvokeFunction')).toBeDefined();
    expect(resources('s3:GetObjectTagging')).toEqual(['arn:aws:s3:::other/*']);
  });
});

describe('queues that callers may choose', () => {
  const nano = (): IJobQueue =>
    JobQueue.fromJobQueueAttributes(stack, 'Nano', {
      jobQueueArn: 'arn:aws:batch:us-east-1:111111111111:job-queue/nano',
      platformCapability: PlatformCapability.EC2,
      computeEnvironments: [
        Ec2ComputeEnvironment.fromEc2ComputeEnvironmentAttributes(stack, 'NanoCompute', {
          computeEnvironmentArn: 'arn:aws:batch:us-east-1:111111111111:compute-environment/nano',
          offer: { instances: InstanceSelection.named('t3.nano') },
        }),
      ],
    });
  const warnings = (queues: Record<string, IJobQueue>): unknown[] => {
    gateway = new SubmissionGateway(stack, 'Other', { bucket, queues: { urgent, ...queues } });
    gateway.addJob('delays', job('Delays'));
    stack.node.tryRemoveChild('Gateway');
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('pipeline-gateway-queue'));
  };

  test('warns of one where a job waits forever [pipeline-gateway-queue]', () => {
    const found = warnings({ nano: nano() });
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).toMatch(/callers may submit the job .*delays.* to the queue .*nano/);
  });

  test('may be of another kind of compute, which AWS Batch refuses itself', () => {
    expect(warnings({ fargate: new PlainQueue(stack, 'Fargate', PlatformCapability.FARGATE) })).toEqual([]);
  });
});

describe('bad input', () => {
  test('refuses two jobs of one name', () => {
    gateway.addJob('delays', job('Delays'));
    expect(() => {
      gateway.addJob('delays', job('Other'));
    }).toThrow('there is a job "delays" already: choose another name (in Stack/Gateway)');
  });

  test('refuses a share identifier that AWS Batch does not take', () => {
    const wrong = new PlainJob(stack, 'Wrong', standard, ONE_CONTAINER, { shareIdentifier: 'a b' });
    expect(() => {
      gateway.addJob('wrong', wrong);
    }).toThrow(/pipeline-share-identifier/);
  });

  test('refuses an empty name', () => {
    expect(() => {
      gateway.addJob('', job('Delays'));
    }).toThrow('the name of a job must not be empty: callers ask for the job by it (in Stack/Gateway)');
  });

  test('refuses a gateway without jobs', () => {
    expect(() => Template.fromStack(stack)).toThrow(
      'the gateway has no jobs to submit: add one with addJob() (in Stack/Gateway)',
    );
  });
});
