import { toJson } from '../language/json';
import { argumentsOf, callService, type Integration } from './integration';

const itemOperation = (resource: string, operation: string): Integration => ({
  resourceType: 'dynamodb',
  resource,
  run: async (call) => toJson(await callService(call, 'DynamoDB', ['dynamodb', operation], argumentsOf(call))) ?? {},
});

/** The operations on one item that Step Functions knows by name. */
export const dynamodbIntegrations: readonly Integration[] = [
  itemOperation('putItem', 'PutItem'),
  itemOperation('getItem', 'GetItem'),
  itemOperation('updateItem', 'UpdateItem'),
  itemOperation('deleteItem', 'DeleteItem'),
];
