import { CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { beforeEach, describe, expect, test } from 'vitest';
import { ArraySize, BatchPipeline, type IPipelineStep, PipelineStep, PipelineTrigger, SubmitJobTask } from '../../lib';
import { wildcards } from '../support/least-privilege';
import { statementsOf } from '../support/role-statements';
import { definitionOf, readable, textOf, valueAt } from '../support/state-machine';
import { type PipelineStack, pipelineStack } from './pipeline-stack';

let given: PipelineStack;

beforeEach(() => {
  given = pipelineStack();
});

const resolve = (value: unknown): unknown => given.stack.resolve(value);
const trigger = () => ({ trigger: PipelineTrigger.manifestCreated(given.bucket, { prefix: 'incoming/' }) });
const template = (): Template => Template.fromStack(given.stack);

describe('a pipeline', () => {
  test('plans, runs its steps, collects and notifies; any failure is recorded and published', () => {
    given.pipeline();
    const { States, StartAt, QueryLanguage } = definitionOf(given.stack);
    const next = Object.entries(States).map(([name, { Type, Next, Default, Choices, Catch }]) => {
      const failure = Array.isArray(Catch) ? Catch.map((handler: { Next: string }) => handler.Next) : [];
      const choices = Array.isArray(Choices) ? Choices.map((choice: { Next: string }) => choice.Next) : [];
      return `${Type} ${name}: ${[Next, Default, ...choices].filter(Boolean).join(', ')} / ${failure.join(', ')}`;
    });
    expect([QueryLanguage, StartAt]).toEqual(['JSONata', 'Plan']);
    expect(next.sort()).toEqual([
      'Choice Anything to do?: Work: how many items?, Taken on before, Collect / ',
      'Choice Work: how many items?: Work, Work of one item / ',
      'Fail Failed:  / ',
      'Succeed Succeeded:  / ',
      'Succeed Taken on before:  / ',
      'Task Collect: Notify of success / Record failure',
      'Task Merge: Collect / Record failure',
      'Task Notify of failure: Failed / Failed',
      'Task Notify of success: Succeeded / ',
      'Task Plan: Anything to do? / Record failure',
      'Task Record failure: Notify of failure / Notify of failure',
      'Task Work of one item: Merge / Record failure',
      'Task Work: Merge / Record failure',
    ]);
  });

  test('is started by a rule whose lost events are kept', () => {
    const { deadLetterQueue } = given.pipeline();
    template().hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.absent(),
      Targets: [
        {
          DeadLetterConfig: { Arn: resolve(deadLetterQueue?.queueArn) },
          RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        },
      ],
    });
  });

  test('logs every event without its data to an encrypted group, traces, and ends after 30 days', () => {
    given.pipeline();
    template().hasResourceProperties('AWS::StepFunctions::StateMachine', {
      LoggingConfiguration: {
        Level: 'ALL',
        IncludeExecutionData: false,
        Destinations: [
          { CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('FlightsLogs'), 'Arn'] } } },
        ],
      },
      TracingConfiguration: { Enabled: true },
    });
    template().allResourcesProperties('AWS::Logs::LogGroup', {
      KmsKeyId: resolve(given.bucket.encryptionKey?.keyArn),
      RetentionInDays: 30,
    });
    expect(definitionOf(given.stack).TimeoutSeconds).toBe(30 * 86_400);
  });

  test('logs where Step Functions needs no resource policy for each log group, apart for each stack', () => {
    given.pipeline();
    const groups = Object.entries(template().findResources('AWS::Logs::LogGroup'));
    const named = groups.flatMap(([id, group]) => {
      const name = valueAt(group, 'Properties', 'LogGroupName');
      return name === undefined ? [] : [[id, textOf(name)]];
    });
    expect(named).toEqual([
      [
        expect.stringMatching('^FlightsLogs'),
        "/aws/vendedlogs/states/Stack-Flights-C92863CB-${part 2 of ${AWS::StackId} by '/'}",
      ],
    ]);
  });

  test('needs no custom resource, and no wildcard where a narrower resource does', () => {
    given.pipeline();
    const json: unknown = template().toJSON();
    expect(JSON.stringify(json)).not.toMatch(/"Custom::|CustomResource/);
    expect(wildcards(json)).toEqual([]);
  });

  test('is called by its path, so that two of them can share a table', () => {
    expect(given.pipeline().pipelineName).toBe('Stack/Flights');
  });

  test('may be named', () => {
    given.pipeline({ pipelineName: 'flights' });
    expect(definitionOf(given.stack).States.Plan).toMatchObject({ Arguments: { Payload: { pipeline: 'flights' } } });
  });

  test('may be named when it is deployed, although a subject cannot be cut then', () => {
    const name = new CfnParameter(given.stack, 'Name').valueAsString;
    given.pipeline({ pipelineName: `${name}-${'x'.repeat(90)}` });
    expect(definitionOf(given.stack).States['Notify of failure']).toMatchObject({
      Arguments: { Subject: 'FAILED: batch pipeline' },
    });
  });

  test('asks for no variable that was never assigned, as Step Functions may refuse that', () => {
    given.pipeline();
    const { States } = definitionOf(given.stack);
    expect(States.Plan.Catch).toEqual([
      { ErrorEquals: ['States.ALL'], Next: 'Record failure', Assign: { plan: { submissionId: 'unknown' } } },
    ]);
    expect(JSON.stringify(States)).not.toContain('$exists($plan)');
  });

  test('uses the table, topic, bucket and timeout that it is given', () => {
    const { stack } = given;
    const { resultsTable, topic, bucket } = given.pipeline({
      bucket: s3.Bucket.fromBucketName(stack, 'Elsewhere', 'elsewhere'),
      resultsTable: dynamodb.Table.fromTableName(stack, 'Table', 'results'),
      topic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:topic'),
      timeout: Duration.days(2),
    });
    expect([resultsTable.tableName, topic.topicName, bucket.bucketName]).toEqual(['results', 'topic', 'elsewhere']);
    template().resourceCountIs('AWS::DynamoDB::Table', 0);
    template().resourceCountIs('AWS::SNS::Topic', 0);
    template().hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          DATA_BUCKET: 'elsewhere',
          ITEM_SOURCES: stack.resolve(
            stack.toJsonString([{ bucket: given.bucket.bucketName, prefix: 'incoming/' }]),
          ) as unknown,
          RESULTS_TABLE: 'results',
        },
      },
    });
    expect(definitionOf(stack).TimeoutSeconds).toBe(2 * 86_400);
  });

  test('keeps its results unless told otherwise', () => {
    given.pipeline({ removalPolicy: RemovalPolicy.DESTROY });
    template().hasResource('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
  });

  test('has a key of its own when the bucket has none', () => {
    const { stack, work } = given;
    const bucket = new s3.Bucket(stack, 'Unencrypted');
    const plain = new BatchPipeline(stack, 'Plain', {
      trigger: PipelineTrigger.objectCreated(bucket, { prefix: 'incoming/' }),
      steps: [PipelineStep.array(work)],
    });
    expect(plain.resultsTable.encryptionKey).toBe(plain.node.findChild('Key'));
    expect(plain.bucket).toBe(bucket);
  });
});

describe('roles', () => {
  const allowed = (role: string): unknown => {
    const statements = statementsOf(given.stack, role);
    return statements.map(({ Action, Resource, Condition }) => readable({ Action, Resource, Condition }));
  };

  test('of jobs may read items and results, and write results', () => {
    given.pipeline();
    expect(allowed('WorkJobRole')).toEqual([
      { Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: '${Data666C94C7.Arn}/submissions/*' },
      {
        Action: 's3:ListBucket',
        Resource: '${Data666C94C7.Arn}',
        Condition: { StringLike: { 's3:prefix': 'submissions/*' } },
      },
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '${Key961B73FD.Arn}' },
      {
        Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
        Resource: '${Data666C94C7.Arn}/submissions/*/results/*',
      },
    ]);
  });

  test('of the plan may read what starts the pipeline, and write items and records', () => {
    given.pipeline();
    expect(allowed('FlightsPlanFunctionRole')).toEqual(
      expect.arrayContaining([
        { Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: '${Data666C94C7.Arn}/incoming/*' },
        {
          Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
          Resource: '${Data666C94C7.Arn}/submissions/*/items.jsonl',
        },
        { Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'], Resource: '${FlightsResults82DAC1AC.Arn}' },
        {
          Action: expect.arrayContaining(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt']) as unknown,
          Resource: '${Key961B73FD.Arn}',
        },
      ]),
    );
  });

  test.each([
    { role: 'FlightsRole', service: 'states', resource: 'stateMachine:*' },
    { role: 'FlightsTriggerRole', service: 'events', resource: 'rule/*' },
  ])('$role trusts $service of this account only', ({ role, service, resource }) => {
    given.pipeline();
    const roles = Object.entries(template().findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith(role));
    expect(readable(roles[0][1])).toMatchObject({
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Principal: { Service: `${service}.amazonaws.com` },
              Condition: {
                StringEquals: { 'aws:SourceAccount': '${AWS::AccountId}' },
                ArnLike: {
                  'aws:SourceArn': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
                },
              },
            },
          ],
        },
      },
    });
  });

  test('of the trigger may start this state machine only', () => {
    given.pipeline();
    expect(allowed('FlightsTriggerRole')).toEqual([
      { Action: 'states:StartExecution', Resource: '${FlightsStateMachineCE8BDF26}' },
    ]);
  });
});

describe('bad input', () => {
  test('refuses a pipeline without steps', () => {
    expect(() => given.pipeline({ steps: [] })).toThrow(
      "'steps' must have at least one step: add PipelineStep.array(job) (in Stack/Flights)",
    );
  });

  test('refuses two steps of one name', () => {
    const steps = [PipelineStep.array(given.work), PipelineStep.collect(given.work)];
    expect(() => given.pipeline({ steps })).toThrow(
      `'steps[0]' and 'steps[1]' are both called "Work": give one another 'name' (in Stack/Flights)`,
    );
  });

  test('refuses steps that are called like its own states, whichever those are', () => {
    given.pipeline({ steps: [PipelineStep.array(given.work)] });
    const own = Object.keys(definitionOf(given.stack).States).filter((name) => !name.startsWith('Work'));
    expect(own.length).toBeGreaterThan(5);
    for (const name of own) {
      const steps = [PipelineStep.collect(given.work, { name })];
      expect(() => new BatchPipeline(given.stack, `Other ${name}`, { ...trigger(), steps })).toThrow(
        `'steps[0]' is called ${JSON.stringify(name)}, as is a state of the pipeline itself: give the step another 'name'`,
      );
    }
  });

  test('refuses a variable that the plan sets', () => {
    const steps = [PipelineStep.array(given.work, { environment: { BATCH_PLATFORM_ITEMS_KEY: 'mine' } })];
    expect(() => given.pipeline({ steps })).toThrow(
      "the environment variable 'BATCH_PLATFORM_ITEMS_KEY' is set by each submission: choose another name " +
        '(in Stack/Flights/States/Work of one item)',
    );
  });

  test.each(['', 'x'.repeat(61)])('refuses the name %j of a step', (name) => {
    expect(() => given.pipeline({ steps: [PipelineStep.array(given.work, { name })] })).toThrow(
      `the name of 'steps[0]' must have 1 to 60 characters, got ${JSON.stringify(name)}`,
    );
  });

  test('refuses a manual pipeline without a bucket', () => {
    expect(() => given.pipeline({ trigger: PipelineTrigger.manual() })).toThrow(
      "'bucket' is missing: this trigger has none that items could go to (in Stack/Flights)",
    );
  });

  test.each([undefined, '', 's', 'submissions/', 'submissions/mine/'])(
    'refuses a trigger on %j, which its own results would set off [pipeline-trigger-loop]',
    (prefix) => {
      const trigger = PipelineTrigger.objectCreated(given.bucket, { prefix });
      expect(() => given.pipeline({ trigger })).toThrow(
        `the 'prefix' of the trigger must keep clear of 'submissions/', where the pipeline itself writes, ` +
          `got ${JSON.stringify(prefix ?? '')}: choose a prefix such as 'incoming/'`,
      );
    },
  );

  test('lets any prefix pass when results go to another bucket', () => {
    const trigger = PipelineTrigger.objectCreated(new s3.Bucket(given.stack, 'Source'));
    expect(() => given.pipeline({ trigger, bucket: given.bucket })).not.toThrow();
  });

  test('lets a deploy-time prefix pass', () => {
    const prefix = new CfnParameter(given.stack, 'Prefix').valueAsString;
    expect(() => given.pipeline({ trigger: PipelineTrigger.objectCreated(given.bucket, { prefix }) })).not.toThrow();
    template().hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { object: { key: [{ prefix: { Ref: 'Prefix' } }] } } },
    });
  });
});

test('a step of the user is part of the pipeline', () => {
  const { work } = given;
  const mine: IPipelineStep = {
    name: 'Mine',
    bind: (scope, { failure }) =>
      new SubmitJobTask(scope, 'Mine', { job: work, arraySize: ArraySize.of(2) }).addCatch(failure),
  };
  given.pipeline({ steps: [mine] });
  expect(definitionOf(given.stack).States.Mine).toMatchObject({ Next: 'Collect' });
});
