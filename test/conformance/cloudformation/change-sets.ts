import { ExecuteChangeSetCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import { note, stackOf } from '../kit/stacks';
import { table } from '../kit/table';

const CHANGE_SETS = 'AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets';
const DETAIL = 'AWSCloudFormation/latest/APIReference/API_ResourceChange.html';

export const changeSets = table('AWS CloudFormation', 'Change sets', [
  {
    behaviour: 'a change set for a new stack leaves it in REVIEW_IN_PROGRESS until it is executed',
    source: `${CHANGE_SETS}-create.html`,
    test: async (target) => {
      const stack = stackOf(target);
      const changeSet = await stack.propose({ Resources: { Note: note('a') } });
      expect(changeSet).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
      expect(changeSet.Changes?.map(({ ResourceChange }) => ResourceChange)).toMatchObject([
        { Action: 'Add', LogicalResourceId: 'Note', ResourceType: 'AWS::SSM::Parameter' },
      ]);
      expect(await stack.events()).toEqual(['Stack REVIEW_IN_PROGRESS']);
    },
  },
  {
    behaviour: 'tells what is added, modified, replaced and removed',
    source: DETAIL,
    test: async (target) => {
      const stack = stackOf(target);
      const { name } = target;
      await stack.deploy({ Resources: { A: note('1'), B: note('1', { Name: name('b') }), C: note('1') } });
      const { Changes = [] } = await stack.propose({
        Resources: { A: note('2'), B: note('1', { Name: name('b') }), D: note('1') },
      });
      const seen = Changes.map(({ ResourceChange: change }) => {
        return [change?.Action, change?.LogicalResourceId, change?.Replacement];
      });
      expect(seen.sort()).toEqual([
        ['Add', 'D', undefined],
        ['Modify', 'A', 'False'],
        ['Modify', 'B', 'True'],
        ['Remove', 'C', undefined],
      ]);
      const [detail] = Changes.flatMap(({ ResourceChange: change }) =>
        change?.LogicalResourceId === 'B' ? (change.Details ?? []) : [],
      );
      expect(detail.Target).toMatchObject({ Attribute: 'Properties', Name: 'Name', RequiresRecreation: 'Always' });
    },
  },
  {
    behaviour: 'a change set without changes fails, and cannot be executed',
    source: 'AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html',
    test: async (target) => {
      const stack = stackOf(target);
      await stack.deploy({ Resources: { Note: note('a') } });
      const { Status, StatusReason, ChangeSetId } = await stack.propose({ Resources: { Note: note('a') } });
      expect(Status).toBe('FAILED');
      expect(StatusReason).toContain("The submitted information didn't contain changes.");
      const execute = target.clients.cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
      await expect(execute).rejects.toThrow('cannot be executed in its current status of [FAILED]');
    },
  },
  {
    behaviour: 'a change of tags or outputs alone is a change',
    source: `${CHANGE_SETS}.html`,
    test: async (target) => {
      const stack = stackOf(target);
      const template = { Resources: { Note: note('a') } };
      await stack.deploy(template);
      const tagged = await stack.propose(template, { Tags: [{ Key: 'team', Value: 'a' }] });
      expect(tagged.Status).toBe('CREATE_COMPLETE');
      const withOutput = await stack.propose({ ...template, Outputs: { Out: { Value: 'x' } } });
      expect(withOutput.Status).toBe('CREATE_COMPLETE');
    },
  },
  {
    behaviour: 'executing a change set deletes the other ones of its stack',
    source: `${CHANGE_SETS}-execute.html`,
    test: async (target) => {
      const stack = stackOf(target);
      const { ChangeSetId } = await stack.propose({ Resources: { Note: note('a') } });
      await stack.propose({ Resources: { Note: note('b') } }, { ChangeSetType: 'CREATE' });
      await target.clients.cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
      await stack.settled();
      const again = target.clients.cloudformation.send(
        new ExecuteChangeSetCommand({ ChangeSetName: 'change-2', StackName: stack.name }),
      );
      await expect(again).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
    },
  },
  {
    behaviour: 'a stack takes the values of parameters that it had before, and its former template',
    source: 'AWSCloudFormation/latest/APIReference/API_Parameter.html',
    test: async (target) => {
      const stack = stackOf(target);
      const Parameters = { Text: { Type: 'String' }, Other: { Type: 'String', Default: '1' } };
      const template = { Parameters, Resources: { Note: note({ 'Fn::Sub': '${Text}${Other}' }) } };
      await stack.deploy(template, { Parameters: [{ ParameterKey: 'Text', ParameterValue: 'a' }] });
      await stack.deploy(template, {
        ...{ TemplateBody: undefined, UsePreviousTemplate: true },
        Parameters: [
          { ParameterKey: 'Text', UsePreviousValue: true },
          { ParameterKey: 'Other', ParameterValue: '2' },
        ],
      });
      const { TemplateBody } = await target.clients.cloudformation.send(
        new GetTemplateCommand({ StackName: stack.name }),
      );
      expect(JSON.parse(TemplateBody ?? '')).toEqual(template);
      expect((await stack.settled()).Parameters).toEqual([
        { ParameterKey: 'Text', ParameterValue: 'a' },
        { ParameterKey: 'Other', ParameterValue: '2' },
      ]);
    },
  },
  {
    behaviour: 'a template with IAM resources needs a capability, one with named ones CAPABILITY_NAMED_IAM',
    source: 'AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html',
    test: async (target) => {
      const AssumeRolePolicyDocument = {
        Statement: { Effect: 'Allow', Principal: { AWS: target.account }, Action: 'sts:AssumeRole' },
      };
      const role = (more = {}) => ({
        Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument, ...more } } },
      });
      const named = role({ RoleName: target.name('role') });
      const refused = { name: 'InsufficientCapabilitiesException' };
      await expect(stackOf(target).propose(role())).rejects.toMatchObject(refused);
      await expect(stackOf(target).propose(named, { Capabilities: ['CAPABILITY_IAM'] })).rejects.toMatchObject(refused);
      const { Status } = await stackOf(target).propose(named, { Capabilities: ['CAPABILITY_NAMED_IAM'] });
      expect(Status).toBe('CREATE_COMPLETE');
    },
  },
]);
