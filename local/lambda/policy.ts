import { AwsError } from '../core/errors';
import type { Reader } from '../core/reader';
import type { Input } from '../core/service';
import type { LambdaFunction } from './function';

type Statements = LambdaFunction['statements'];

const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com$/;

const principalOf = (principal: string): unknown => {
  if (principal === '*') return '*';
  if (SERVICE.test(principal)) return { Service: principal };
  return { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal };
};

const conditionOf = (input: Reader): Input => {
  const sourceArn = input.optionalText('SourceArn');
  const sourceAccount = input.optionalText('SourceAccount');
  const organization = input.optionalText('PrincipalOrgID');
  const equals = {
    ...(sourceAccount === undefined ? {} : { 'AWS:SourceAccount': sourceAccount }),
    ...(organization === undefined ? {} : { 'aws:PrincipalOrgID': organization }),
  };
  return {
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
    ...(sourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': sourceArn } }),
  };
};

/** A statement of the resource policy of a function or an alias. */
export const statementOf = (arn: string, input: Reader): Input => {
  const condition = conditionOf(input);
  return {
    Sid: input.text('StatementId'),
    Effect: 'Allow',
    Principal: principalOf(input.text('Principal')),
    Action: input.text('Action'),
    Resource: arn,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
};

/** Statements with one more. */
export const withStatement = (statements: Statements, statement: Input): Statements => {
  const id = String(statement.Sid);
  if (statements.has(id)) {
    throw new AwsError('ResourceConflictException', `The statement id (${id}) provided already exists.`, 409);
  }
  return new Map([...statements, [id, statement]]);
};

/** Statements with one less. */
export const withoutStatement = (statements: Statements, id: string): Statements => {
  if (!statements.has(id)) throw noPolicy(`Statement ${id} is not found in resource policy.`);
  return new Map([...statements].filter(([other]) => other !== id));
};

const noPolicy = (message: string): AwsError => new AwsError('ResourceNotFoundException', message, 404);

/** The resource policy as JSON text. */
export const policyOf = (statements: Statements): string => {
  if (statements.size === 0) throw noPolicy(`No policy is associated with the given resource.`);
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: [...statements.values()] });
};
