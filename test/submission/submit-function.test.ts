import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { beforeEach, describe, expect, test } from 'vitest';
import { BatchJob, SubmissionGateway, SubmissionGatewayGrants } from '../../lib';
import { statementWith } from '../support/role-statements';
import { sharedQueue } from '../support/shared-queue';
import { newStack } from '../support/stack';
import { readable } from '../support/state-machine';

const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:submit';

let stack: Stack;

beforeEach(() => {
  stack = newStack({ env: { account: '111122223333', region: 'us-east-1' } });
});

const role = (id = 'Caller') => new iam.Role(stack, id, { assumedBy: new iam.AccountRootPrincipal() });
const callable = (who = 'Caller') => readable([statementWith(stack, who, 'lambda:InvokeFunction').Resource].flat());
const importedAs = (submit: lambda.IFunction) => SubmissionGateway.fromSubmitFunction(stack, 'Imported', submit);
const known = (functionArn: string) => lambda.Function.fromFunctionArn(stack, 'Known', functionArn);
const later = () => {
  const functionArn = new CfnParameter(stack, 'Later').valueAsString;
  return lambda.Function.fromFunctionAttributes(stack, 'LaterFunction', { functionArn, sameEnvironment: true });
};
const aliasOf = (submit: lambda.IFunction) =>
  lambda.Alias.fromAliasAttributes(stack, 'Film', { aliasName: 'film', aliasVersion: submit.latestVersion });

describe('the function of a gateway', () => {
  const gateway = () => {
    const made = new SubmissionGateway(stack, 'Gateway', { bucket: new s3.Bucket(stack, 'Data') });
    const queue = sharedQueue(stack, 'Queue');
    made.addJob('delays', new BatchJob(stack, 'Job', { image: ecs.ContainerImage.fromRegistry('busybox'), queue }));
    return made;
  };
  const itself = [
    expect.stringMatching(/^\${GatewayFunction\w*.Arn}$/),
    expect.stringMatching(/^\${GatewayFunction\w*.Arn}:\$LATEST$/),
  ];

  test('may be called by whom the CDK grants it, in the name of no team', () => {
    gateway().submitFunction.grantInvoke(role());
    expect(callable()).toEqual(itself);
  });

  test('may be called by a state machine of the CDK, in the name of no team', () => {
    const lambdaFunction = gateway().submitFunction;
    const definitionBody = sfn.DefinitionBody.fromChainable(
      new tasks.LambdaInvoke(stack, 'Submit', { lambdaFunction }),
    );
    new sfn.StateMachine(stack, 'Machine', { definitionBody });
    expect(callable('MachineRole')).toEqual(itself);
  });
});

describe('a gateway that is defined elsewhere', () => {
  test.each([
    ['its grants', ({ grants }: ReturnType<typeof importedAs>) => grants.invoke(role())],
    ['those of the CDK', ({ submitFunction }: ReturnType<typeof importedAs>) => submitFunction.grantInvoke(role())],
  ])('is called in the name of no team with %s', (_, grant) => {
    grant(importedAs(known(ARN)));
    expect(callable()).toEqual([ARN, `${ARN}:$LATEST`]);
  });

  test('is called in the name of no team by whoever has permissions of its function alone', () => {
    const submit = known(ARN);
    const grants = SubmissionGatewayGrants.fromSubmitFunction(submit);
    grants.invoke(role());
    SubmissionGatewayGrants.fromSubmitFunction(submit).invoke(role('Other'));
    expect(callable()).toEqual([ARN, `${ARN}:$LATEST`]);
    expect(callable('Other')).toEqual(callable());
  });

  test.each([
    ['its ARN says', () => known(`${ARN}:film`), [`${ARN}:film`]],
    ['is told, for an ARN of the deployment', () => aliasOf(later()), ['${Later}:film']],
  ])('is called as a team by its alias and nothing else, as %s', (_, submit, arns) => {
    const { grants, submitFunction } = importedAs(submit());
    grants.invoke(role());
    submitFunction.grantInvoke(role('Other'));
    expect(callable()).toEqual(arns);
    expect(callable('Other')).toEqual(arns);
  });

  test.each([
    ['of the function', () => known(ARN), { FunctionName: 'submit' }],
    ['of an alias in an ARN', () => known(`${ARN}:film`), { FunctionName: 'submit', Resource: 'submit:film' }],
    ['of an alias', () => aliasOf(known(ARN)), { FunctionName: 'submit', Resource: 'submit:film' }],
  ])('is measured by the metrics %s', (_, submit, dimensions) => {
    expect(importedAs(submit()).submitFunction.metricErrors().dimensions).toEqual(dimensions);
  });

  test('lets services and other accounts call it where it belongs to the account of the stack', () => {
    const { submitFunction, grants } = importedAs(later());
    submitFunction.addPermission('Events', { principal: new iam.ServicePrincipal('events.amazonaws.com') });
    grants.invoke(new iam.AccountPrincipal('444455556666'));
    const template = Template.fromStack(stack);
    for (const Principal of ['events.amazonaws.com', '444455556666']) {
      template.hasResourceProperties('AWS::Lambda::Permission', { FunctionName: { Ref: 'Later' }, Principal });
    }
  });
});
