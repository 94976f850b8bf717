import { RollbackStackCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DeleteParameterCommand, GetParameterCommand } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { broken, note, stackOf } from '../kit/stacks';
import { table } from '../kit/table';

const POLICY = 'AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html';
const DELETE = 'AWSCloudFormation/latest/APIReference/API_DeleteStack.html';
const EXPORTS = 'AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html';

export const deletion = table('AWS CloudFormation', 'Deletion and exports', [
  {
    behaviour: 'deletes resources in reverse order; then only its id finds the stack',
    source: DELETE,
    test: async (target) => {
      const stack = stackOf(target);
      await stack.deploy({ Resources: { A: note('a'), B: note({ Ref: 'A' }) } });
      const { StackStatus } = await stack.remove();
      expect(StackStatus).toBe('DELETE_COMPLETE');
      const gone = (await stack.events()).filter((event) => event.endsWith('DELETE_COMPLETE'));
      expect(gone).toEqual(['B', 'A', 'Stack'].map((id) => `${id} DELETE_COMPLETE`));
    },
  },
  {
    behaviour: 'DeletionPolicy Retain keeps a resource when its stack or its declaration goes',
    source: POLICY,
    test: async (target) => {
      const { ssm } = target.clients;
      const stack = stackOf(target);
      const [One, Two] = [target.name('one'), target.name('two')];
      const kept = (Name: string) => ({ ...note('a', { Name }), DeletionPolicy: 'Retain' });
      for (const Name of [One, Two]) target.cleanup(() => ssm.send(new DeleteParameterCommand({ Name })));
      await stack.deploy({ Resources: { A: kept(One), B: kept(Two) } });
      await stack.deploy({ Resources: { A: kept(One) } });
      expect((await stack.remove()).StackStatus).toBe('DELETE_COMPLETE');
      for (const Name of [One, Two]) await ssm.send(new GetParameterCommand({ Name }));
      expect((await stack.events()).filter((event) => event.endsWith('SKIPPED'))).toEqual([
        'B DELETE_SKIPPED',
        'A DELETE_SKIPPED',
      ]);
    },
  },
  {
    behaviour: 'when its creation is rolled back, Retain keeps a resource and RetainExceptOnCreate does not',
    source: POLICY,
    test: async (target) => {
      const { ssm } = target.clients;
      const stack = stackOf(target);
      const [Kept, Gone] = [target.name('kept'), target.name('gone')];
      target.cleanup(() => ssm.send(new DeleteParameterCommand({ Name: Kept })));
      await stack.deploy({
        Resources: {
          A: { ...note('a', { Name: Kept }), DeletionPolicy: 'Retain' },
          B: { ...note('b', { Name: Gone }), DeletionPolicy: 'RetainExceptOnCreate' },
          C: broken('A', 'B'),
        },
      });
      await ssm.send(new GetParameterCommand({ Name: Kept }));
      await expect(ssm.send(new GetParameterCommand({ Name: Gone }))).rejects.toMatchObject({
        name: 'ParameterNotFound',
      });
    },
  },
  {
    behaviour: 'a bucket with objects fails the deletion; a second one may keep it, or delete it when it is empty',
    source: DELETE,
    test: async (target) => {
      const { s3 } = target.clients;
      const stack = stackOf(target);
      await stack.deploy({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' }, Note: note({ Ref: 'Bucket' }) } });
      const object = { Bucket: (await stack.ids()).Bucket, Key: 'a' };
      await s3.send(new PutObjectCommand({ ...object, Body: 'a' }));
      const failed = await stack.remove();
      expect(failed.StackStatus).toBe('DELETE_FAILED');
      expect(failed.StackStatusReason).toContain('The following resource(s) failed to delete: [Bucket].');
      expect(await stack.events()).toContain('Bucket DELETE_FAILED');
      await s3.send(new DeleteObjectCommand(object));
      expect((await stack.remove()).StackStatus).toBe('DELETE_COMPLETE');
    },
  },
  {
    behaviour: 'a stack that failed to be deleted can go without some of its resources, any other one cannot',
    source: DELETE,
    test: async (target) => {
      const { s3 } = target.clients;
      const stack = stackOf(target);
      await stack.deploy({ Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } });
      await expect(stack.remove(['Bucket'])).rejects.toThrow('DELETE_FAILED');
      const { Bucket } = await stack.ids();
      await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' }));
      await stack.remove();
      expect((await stack.remove(['Bucket'])).StackStatus).toBe('DELETE_COMPLETE');
      await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    },
  },
  {
    behaviour: 'a protected stack is not deleted',
    source: 'AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html',
    test: async (target) => {
      const { cloudformation } = target.clients;
      const stack = stackOf(target);
      await stack.deploy({ Resources: { A: note('a') } });
      const protect = (EnableTerminationProtection: boolean) =>
        cloudformation.send(
          new UpdateTerminationProtectionCommand({ StackName: stack.name, EnableTerminationProtection }),
        );
      await protect(true);
      await expect(stack.remove()).rejects.toThrow('TerminationProtection is enabled');
      await protect(false);
    },
  },
  {
    behaviour: 'RollbackStack takes back an update that was left as it failed',
    source: 'AWSCloudFormation/latest/APIReference/API_RollbackStack.html',
    test: async (target) => {
      const { cloudformation, ssm } = target.clients;
      const stack = stackOf(target);
      await stack.deploy({ Resources: { A: note('1') } });
      const { A } = await stack.ids();
      const failing = { Resources: { A: note('2'), B: note('new'), C: broken('A', 'B') } };
      expect((await stack.deploy(failing, {}, { DisableRollback: true })).StackStatus).toBe('UPDATE_FAILED');
      expect((await ssm.send(new GetParameterCommand({ Name: A }))).Parameter?.Value).toBe('2');
      await cloudformation.send(new RollbackStackCommand({ StackName: stack.name }));
      expect((await stack.settled()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect((await ssm.send(new GetParameterCommand({ Name: A }))).Parameter?.Value).toBe('1');
      expect(await stack.ids()).toEqual({ A });
    },
  },
  {
    behaviour: 'what another stack imports cannot be changed or deleted, and no two exports have one name',
    source: EXPORTS,
    test: async (target) => {
      const exporter = stackOf(target);
      const importer = stackOf(target);
      const Name = target.name('export');
      const exporting = (Value: string) => ({
        Resources: { A: note('a') },
        Outputs: { Out: { Value, Export: { Name } } },
      });
      await exporter.deploy(exporting('1'));
      expect((await importer.deploy({ Resources: { A: note({ 'Fn::ImportValue': Name }) } })).StackStatus).toBe(
        'CREATE_COMPLETE',
      );
      expect((await exporter.deploy(exporting('2'))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(await exporter.reasons()).toContain(`as it is in use by ${importer.name}`);
      expect((await exporter.remove()).StackStatus).not.toBe('DELETE_COMPLETE');
      const twin = stackOf(target);
      expect((await twin.deploy(exporting('1'))).StackStatus).toBe('ROLLBACK_COMPLETE');
      expect(await twin.reasons()).toContain(`Export with name ${Name} is already exported by stack ${exporter.name}`);
      await importer.remove();
    },
  },
]);
