import {
  App,
  aws_batch as batch,
  aws_ec2 as ec2,
  aws_ecs as ecs,
  NestedStack,
  Size,
  Stack,
  Stage,
  Validations,
} from 'aws-cdk-lib';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { describe, expect, test } from 'vitest';
import { ProdBatch } from '../../bench/l2-production-stack';
import { OurProdBatch } from '../../bench/our-production-stack';
import { BatchChecks } from '../../lib';
import { featureFlags } from '../support/stack';
import { findingsOf, synthesised } from './report';

const ENV = { account: '111111111111', region: 'eu-west-1' };

const newApp = (): App => new App({ context: featureFlags() });

/** A queue that AWS Batch refuses. */
const badQueue = (scope: Stack): batch.CfnJobQueue =>
  new batch.CfnJobQueue(scope, 'Queue', {
    priority: 1,
    computeEnvironmentOrder: [1, 2, 3, 4].map((order) => ({ order, computeEnvironment: `arn:${order}` })),
  });

describe('the plugin in an app', () => {
  test('stops the synthesis at an error, and says what, where, what is allowed and what to do', () => {
    const app = newApp();
    badQueue(new Stack(app, 'Stack'));
    Validations.of(app).addPlugins(new BatchChecks());

    const { stopped, violations } = synthesised(app);
    expect(stopped).toBe(true);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatchObject({
      ruleName: 'queue-compute-count',
      severity: 'error',
      description: 'ComputeEnvironmentOrder has 4, but a job queue has 1 to 3 compute environments',
      suggestedFix:
        'name 1 to 3 compute environments (https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html)',
      ruleMetadata: {
        given: 'ComputeEnvironmentOrder has 4',
        allowed: 'a job queue has 1 to 3 compute environments',
        documentation: 'https://docs.aws.amazon.com/batch/latest/userguide/service_limits.html',
      },
      violatingConstructs: [
        {
          constructPath: 'Stack/Queue',
          cloudFormationResource: {
            templatePath: 'Stack.template.json',
            logicalId: 'Queue',
            propertyPaths: ['Properties.ComputeEnvironmentOrder'],
          },
        },
      ],
    });
  });

  test('lets warnings pass', () => {
    const app = newApp();
    new batch.CfnJobQueue(new Stack(app, 'Stack'), 'Queue', {
      jobQueueName: 'mine',
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: 'arn:1' }],
    });
    Validations.of(app).addPlugins(new BatchChecks());
    const { stopped, violations } = synthesised(app);
    expect(stopped).toBe(false);
    expect(violations.map(({ ruleName, severity }) => [ruleName, severity])).toEqual([
      ['queue-physical-name', 'warning'],
    ]);
  });

  test('takes acknowledgements, with their reason', () => {
    const app = newApp();
    const queue = badQueue(new Stack(app, 'Stack'));
    Validations.of(queue).acknowledge({ id: 'cdk-batch-platform::queue-compute-count', reason: 'shows what it does' });
    Validations.of(app).addPlugins(new BatchChecks());
    expect(synthesised(app)).toEqual({ stopped: false, violations: [] });
  });

  test('reads the stacks of stages, and those that are nested in others', () => {
    const app = newApp();
    badQueue(new Stack(new Stage(app, 'Prod'), 'Stack'));
    badQueue(new NestedStack(new Stack(app, 'Outer'), 'Inner'));
    Validations.of(app).addPlugins(new BatchChecks());
    const places = synthesised(app).violations.flatMap(({ violatingConstructs }) => violatingConstructs);
    expect(places.map(({ constructPath }) => constructPath).sort()).toEqual(['Outer/Inner/Queue', 'Prod/Stack/Queue']);
  });

  test('names its checks', () => {
    const { ruleIds = [], name } = new BatchChecks();
    expect(name).toBe('cdk-batch-platform');
    expect(ruleIds).toContain('compute-stack-tags');
    expect(ruleIds).toEqual([...ruleIds].sort());
  });
});

describe('an app that has nothing but constructs of aws-cdk-lib', () => {
  const app = newApp();
  const stack = new Stack(app, 'Stack', { env: ENV, tags: { commit: '1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const gpus = new batch.ManagedEc2EcsComputeEnvironment(stack, 'Gpus', {
    vpc,
    instanceClasses: [ec2.InstanceClass.G5],
    launchTemplate: new ec2.LaunchTemplate(stack, 'Template', { userData: ec2.UserData.forLinux() }),
  });
  const fargate = new batch.FargateComputeEnvironment(stack, 'Fargate', { vpc });
  new batch.JobQueue(stack, 'Queue', {
    computeEnvironments: [gpus, fargate].map((computeEnvironment, order) => ({ computeEnvironment, order: order + 1 })),
  });
  new batch.EcsJobDefinition(stack, 'Job', {
    retryAttempts: 11,
    container: new batch.EcsFargateContainerDefinition(stack, 'Container', {
      image: ecs.ContainerImage.fromRegistry('example'),
      cpu: 1,
      memory: Size.mebibytes(512),
      assignPublicIp: true,
      environment: { AWS_BATCH_X: '1', DB_PASSWORD: 'hunter2' },
    }),
  });

  test('is told what AWS Batch would refuse, and what is not secure', () => {
    expect(findingsOf(app)).toEqual([
      'compute-fargate-update Stack/Fargate/Resource Properties.ReplaceComputeEnvironment',
      'compute-fargate-update Stack/Fargate/Resource Properties.UpdatePolicy',
      'compute-instance-metadata Stack/Template/Resource Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit',
      'compute-instance-metadata Stack/Template/Resource Properties.LaunchTemplateData.MetadataOptions.HttpTokens',
      'compute-launch-template-version Stack/Gpus/Resource Properties.ComputeResources.LaunchTemplate.Version',
      'compute-mixed-gpu Stack/Gpus/Resource Properties.ComputeResources.InstanceTypes',
      'compute-stack-tags Stack',
      'compute-user-data Stack/Template/Resource Properties.LaunchTemplateData.UserData',
      'compute-volume-encryption Stack/Template/Resource Properties.LaunchTemplateData.BlockDeviceMappings',
      'job-environment-name Stack/Job/Resource Properties.ContainerProperties.Environment.0.Name',
      'job-fargate-size Stack/Job/Resource Properties.ContainerProperties.ResourceRequirements',
      'job-log-group Stack/Job/Resource Properties.ContainerProperties.LogConfiguration',
      'job-plain-secret Stack/Job/Resource Properties.ContainerProperties.Environment.1.Value',
      'job-private-address Stack/Job/Resource Properties.ContainerProperties.NetworkConfiguration.AssignPublicIp',
      'job-retry-attempts Stack/Job/Resource Properties.RetryStrategy.Attempts',
      'job-timeout-missing Stack/Job/Resource Properties.Timeout.AttemptDurationSeconds',
      'queue-compute-kind Stack/Queue/Resource Properties.ComputeEnvironmentOrder',
    ]);
  });
});

describe('jobs that a state machine of aws-cdk-lib submits', () => {
  test('are compared with their queue', () => {
    const app = newApp();
    const stack = new Stack(app, 'Stack', { env: ENV });
    const fargate = new batch.FargateComputeEnvironment(stack, 'Fargate', { vpc: new ec2.Vpc(stack, 'Vpc') });
    const queue = new batch.JobQueue(stack, 'Queue', {
      computeEnvironments: [{ computeEnvironment: fargate, order: 1 }],
    });
    const job = new batch.EcsJobDefinition(stack, 'Job', {
      container: new batch.EcsEc2ContainerDefinition(stack, 'Container', {
        image: ecs.ContainerImage.fromRegistry('example'),
        cpu: 1,
        memory: Size.gibibytes(2),
      }),
    });
    const task = new tasks.BatchSubmitJob(stack, 'Submit', {
      jobName: 'job',
      jobQueueArn: queue.jobQueueArn,
      jobDefinitionArn: job.jobDefinitionArn,
    });
    new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(task) });
    expect(findingsOf(app)).toContain('fit-platform Stack/Machine/Resource Properties.DefinitionString.States.Submit');
  });
});

test('the value of a secret is never shown', () => {
  const app = newApp();
  new batch.CfnJobDefinition(new Stack(app, 'Stack'), 'Job', {
    type: 'container',
    containerProperties: { image: 'example', environment: [{ name: 'DB_PASSWORD', value: 'hunter2' }] },
  });
  Validations.of(app).addPlugins(new BatchChecks());
  const report = JSON.stringify(synthesised(app).violations);
  expect(report).toContain('DB_PASSWORD');
  expect(report).not.toContain('hunter2');
});

describe('the production platform', () => {
  test('that an expert wrote by hand on aws-cdk-lib has these findings', () => {
    const app = newApp();
    new ProdBatch(app, 'Prod', { env: ENV });
    expect(findingsOf(app)).toEqual([
      'compute-fargate-update Prod/Fargate/Resource Properties.ReplaceComputeEnvironment',
      'compute-fargate-update Prod/Fargate/Resource Properties.UpdatePolicy',
      'compute-fargate-update Prod/FargateSpot/Resource Properties.ReplaceComputeEnvironment',
      'compute-fargate-update Prod/FargateSpot/Resource Properties.UpdatePolicy',
      'compute-instance-metadata Prod/LaunchTemplate/Resource Properties.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit',
    ]);
  });

  test('in 40 lines of this library has none', () => {
    const app = newApp();
    new OurProdBatch(app, 'Prod', { env: ENV });
    expect(findingsOf(app)).toEqual([]);
  });
});
