import {
  DeleteResourcePolicyCommand,
  GetItemCommand,
  GetResourcePolicyCommand,
  PutItemCommand,
  PutResourcePolicyCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { expect } from 'vitest';
import { actAs, clientsOf, makeRole } from '../kit/acting';
import { makeTable } from '../kit/dynamo-tables';
import { table } from '../kit/table';
import type { Target } from '../kit/target';

const AUTHORIZATION = 'amazondynamodb/latest/developerguide/rbac-auth-iam-id-based-policies-DDB.html';
const Key = { id: { S: 'a' } };

/** A table with an index, an item, and a way to give it a policy. */
const policed = async (target: Target) => {
  const made = await makeTable(target, {
    AttributeDefinitions: ['id', 'state'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-state',
        KeySchema: [{ AttributeName: 'state', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  });
  await made.put({ ...Key, state: { S: 'done' } });
  const ResourceArn = `arn:aws:dynamodb:${target.region}:${target.account}:table/${made.TableName}`;
  return {
    ...made,
    ResourceArn,
    putPolicy: (statement: object, ExpectedRevisionId?: string) => {
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      return made.dynamodb.send(new PutResourcePolicyCommand({ ResourceArn, Policy, ExpectedRevisionId }));
    },
  };
};

export const policies = table('DynamoDB', 'Policies of tables', [
  {
    behaviour: 'the policy of a table lets a role of the account that it names do what it says, and nothing else',
    source: AUTHORIZATION,
    test: async (target) => {
      const { TableName, ResourceArn, putPolicy } = await policed(target);
      const roleArn = await makeRole(target, []);
      const role = await clientsOf(target, roleArn);
      const get = () => role.dynamodb.send(new GetItemCommand({ TableName: ResourceArn, Key }));
      await expect(get()).rejects.toThrow('because no identity-based policy allows the dynamodb:GetItem action');
      const statement = { Effect: 'Allow', Principal: { AWS: roleArn }, Action: 'dynamodb:GetItem' };
      await putPolicy({ ...statement, Resource: ResourceArn });
      expect(await target.eventually(get)).toHaveProperty('Item');
      const put = new PutItemCommand({ TableName, Item: Key });
      await expect(role.dynamodb.send(put)).rejects.toThrow('dynamodb:PutItem');
    },
  },
  {
    behaviour: 'the policy of a table is that of its indexes as well, and a deny in it holds for who may do everything',
    source: 'amazondynamodb/latest/developerguide/access-control-resource-based.html',
    test: async (target) => {
      const { TableName, ResourceArn, putPolicy } = await policed(target);
      const role = await actAs(target, [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }]);
      const query = () =>
        role.dynamodb.send(
          new QueryCommand({
            ...{ TableName, IndexName: 'by-state', KeyConditionExpression: '#s = :s' },
            ...{ ExpressionAttributeNames: { '#s': 'state' }, ExpressionAttributeValues: { ':s': { S: 'done' } } },
          }),
        );
      expect(await target.eventually(query)).toMatchObject({ Count: 1 });
      const deny = { Effect: 'Deny', Principal: '*', Action: 'dynamodb:Query' };
      await putPolicy({ ...deny, Resource: `${ResourceArn}/index/by-state` });
      await target.eventually(() =>
        expect(query()).rejects.toThrow('with an explicit deny in a resource-based policy'),
      );
    },
  },
  {
    behaviour: 'a policy of a table is changed in the revision that is expected only, and deleted more than once',
    source: 'amazondynamodb/latest/APIReference/API_PutResourcePolicy.html',
    test: async (target) => {
      const { ResourceArn, dynamodb, putPolicy } = await policed(target);
      const missing = { name: 'PolicyNotFoundException' };
      const get = () => dynamodb.send(new GetResourcePolicyCommand({ ResourceArn }));
      await expect(get()).rejects.toMatchObject(missing);
      const principal = { AWS: `arn:aws:iam::${target.account}:root` };
      const statement = { Effect: 'Allow', Principal: principal, Action: 'dynamodb:GetItem', Resource: ResourceArn };
      const { RevisionId } = await putPolicy(statement, 'NO_POLICY');
      await target.eventually(async () => {
        expect((await get()).RevisionId).toBe(RevisionId);
      });
      await expect(putPolicy({ ...statement, Sid: 'Other' }, 'NO_POLICY')).rejects.toMatchObject(missing);
      const remove = () => dynamodb.send(new DeleteResourcePolicyCommand({ ResourceArn }));
      expect((await remove()).RevisionId).toBe(RevisionId);
      await target.eventually(() => expect(get()).rejects.toMatchObject(missing));
      expect((await remove()).RevisionId).toBeUndefined();
    },
  },
]);
