import { createHash } from 'node:crypto';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Operation, Output } from '../core/service';
import type { World } from '../core/world';
import type { Engine } from './engine';
import { keyOf } from './item-operations';
import { checkKnown, withTableNames } from './parameters';
import type { Turns } from './turns';

const MAX_ACTIONS = 100;
const TOKEN_LIFE_MS = 600_000;
const CONDITION = ['ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];

/** The operation that does what an action wants; a check is an update that changes nothing. */
const OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['Put', 'PutItem'],
  ['Update', 'UpdateItem'],
  ['Delete', 'DeleteItem'],
  ['ConditionCheck', 'UpdateItem'],
]);

interface Action {
  readonly kind: string;
  readonly operation: string;
  readonly input: Input;
  readonly key: Input;
  readonly showsItem: boolean;
}

/** How to bring an item back to what it was. */
type Undo = () => Promise<unknown>;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

const actionOf = async (engine: Engine, item: Reader): Promise<Action> => {
  const kinds = Object.keys(item.values).filter((name) => item.has(name));
  const kind = kinds.at(0) ?? '';
  const operation = OPERATIONS.get(kind);
  if (kinds.length !== 1 || operation === undefined) {
    throw invalid(`TransactItems can only contain one of Check, Put, Update or Delete, got ${kinds.join(', ')}`);
  }
  const { ReturnValuesOnConditionCheckFailure: shown, ...given } = item.record(kind).values;
  const known = ['TableName', 'Key', 'Item', 'UpdateExpression', ...CONDITION];
  checkKnown('TransactWriteItems', given, known);
  const input = withTableNames(given);
  const key = new Reader({ key: await keyOf(engine, input) }).record('key').values;
  return { kind, operation, input, key, showsItem: shown === 'ALL_OLD' };
};

const checkDistinct = (actions: readonly Action[]): void => {
  const keys = actions.map(({ input, key }) => JSON.stringify([input.TableName, Object.entries(key).sort()]));
  if (new Set(keys).size < keys.length) {
    throw invalid('Transaction request cannot include multiple operations on one item');
  }
};

const reasonOf = (error: unknown, item: unknown): Output => {
  if (!(error instanceof AwsError)) throw error;
  const code = error.code.replace(/Exception$/, '');
  const Code = code === 'ConditionalCheckFailed' ? code : code === 'Validation' ? 'ValidationError' : error.code;
  return { Code, Message: error.message, ...(item === undefined ? {} : { Item: item }) };
};

const writeAll = async (engine: Engine, actions: readonly Action[]): Promise<void> => {
  const undos: Undo[] = [];
  const reasons: Output[] = [];
  for (const { kind, operation, input, key, showsItem } of actions) {
    const { TableName } = input;
    const { Item } = await engine.send('GetItem', { TableName, Key: key, ConsistentRead: true });
    const restore: Undo = () =>
      Item === undefined
        ? engine.send('DeleteItem', { TableName, Key: key })
        : engine.send('PutItem', { TableName, Item });
    try {
      await engine.send(operation, input);
      // Even a mere check makes an item where there was none.
      if (kind === 'ConditionCheck') await restore();
      else undos.push(restore);
      reasons.push({ Code: 'None' });
    } catch (error) {
      reasons.push(reasonOf(error, showsItem ? Item : undefined));
    }
  }
  if (reasons.every(({ Code }) => Code === 'None')) return;
  for (const undo of undos.reverse()) await undo();
  const codes = reasons.map(({ Code }) => String(Code)).join(', ');
  throw new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
};

/** Transactions: nobody else reads or writes while one runs, and it does all of its actions or none. */
export const transactionOperations = (
  world: World,
  engine: Engine,
  turns: Turns,
): Readonly<Record<string, Operation>> => {
  const done = new Map<string, { readonly request: string; readonly at: number }>();

  /** Whether the same transaction was done before. */
  const isRepeated = (token: string, request: string): boolean => {
    const now = world.clock.now();
    for (const [known, { at }] of done) if (now - at > TOKEN_LIFE_MS) done.delete(known);
    const before = done.get(token);
    if (before !== undefined && before.request !== request) {
      throw new AwsError(
        'IdempotentParameterMismatchException',
        'The request uses the same client token as a previous, but non-identical request.',
      );
    }
    return before !== undefined;
  };

  return {
    TransactWriteItems: (values) =>
      turns.alone(async () => {
        const input = new Reader(values);
        const items = input.records('TransactItems');
        if (items.length < 1 || items.length > MAX_ACTIONS) {
          throw invalid(`'TransactItems' must have 1 to ${MAX_ACTIONS} members, got ${items.length}`);
        }
        const token = input.optionalText('ClientRequestToken');
        const request = createHash('sha256').update(JSON.stringify(values.TransactItems)).digest('hex');
        if (token !== undefined && isRepeated(token, request)) return {};
        const actions = await Promise.all(items.map((item) => actionOf(engine, item)));
        checkDistinct(actions);
        await writeAll(engine, actions);
        if (token !== undefined) done.set(token, { request, at: world.clock.now() });
        return {};
      }),
    TransactGetItems: (values) =>
      turns.alone(async () => {
        const gets = new Reader(values).records('TransactItems').map((item) => item.record('Get').values);
        if (gets.length < 1 || gets.length > MAX_ACTIONS) {
          throw invalid(`'TransactItems' must have 1 to ${MAX_ACTIONS} members, got ${gets.length}`);
        }
        const Responses: Output[] = [];
        for (const get of gets) {
          const { Item } = await engine.send('GetItem', { ...withTableNames(get), ConsistentRead: true });
          Responses.push(Item === undefined ? {} : { Item });
        }
        return { Responses };
      }),
  };
};
