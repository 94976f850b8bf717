import { expect } from 'vitest';
import { type Item, makeTable } from '../kit/dynamo-tables';
import { table } from '../kit/table';

const CONDITIONS = 'amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html';
const OPERATORS = 'amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html';
const PUT = 'amazondynamodb/latest/APIReference/API_PutItem.html';
const UPDATE = 'amazondynamodb/latest/APIReference/API_UpdateItem.html';
const FAILED = { name: 'ConditionalCheckFailedException', message: 'The conditional request failed' };

const key = { id: { S: '456' } };

/** The product that the developer guide tries its conditions on, and some more of its attributes. */
const PRODUCT: Item = {
  ...key,
  Price: { N: '650' },
  ProductCategory: { S: 'Sporting Goods' },
  Color: { SS: ['Black', 'Red'] },
  Pictures: { M: { FrontView: { S: 'http://example/front.jpg' } } },
  VideoClip: { B: Buffer.alloc(10) },
  QuantityOnHand: { NULL: true },
  RelatedItems: { L: [{ N: '341' }, { N: '472' }] },
};

type Case = readonly [condition: string, values: Item | undefined, holds: boolean];

const CASES: readonly Case[] = [
  ['attribute_exists(Price)', undefined, true],
  ['attribute_exists(ProductReviews.OneStar)', undefined, false],
  ['attribute_not_exists(Price)', undefined, false],
  ['attribute_type(Color, :t)', { ':t': { S: 'SS' } }, true],
  ['attribute_type(QuantityOnHand, :t)', { ':t': { S: 'S' } }, false],
  ['begins_with(Pictures.FrontView, :p)', { ':p': { S: 'http://' } }, true],
  ['contains(Color, :c)', { ':c': { S: 'Red' } }, true],
  ['contains(ProductCategory, :c)', { ':c': { S: 'Goods' } }, true],
  ['contains(RelatedItems, :c)', { ':c': { N: '341' } }, true],
  ['size(VideoClip) > :s', { ':s': { N: '10' } }, false],
  ['size(Color) = :s', { ':s': { N: '2' } }, true],
  ['RelatedItems[1] = :r', { ':r': { N: '472' } }, true],
  [
    '(ProductCategory IN (:cat1, :cat2)) and (Price between :lo and :hi)',
    { ':cat1': { S: 'Sporting Goods' }, ':cat2': { S: 'Gardening' }, ':lo': { N: '500' }, ':hi': { N: '600' } },
    false,
  ],
  ['Price <= :p', { ':p': { N: '650.0' } }, true],
  ['Price = :p', { ':p': { S: '650' } }, false],
  ['NOT Price > :p', { ':p': { N: '650' } }, true],
  ['Price > :p OR Price < :p AND Price <> :p', { ':p': { N: '650' } }, false],
];

export const conditions = table('DynamoDB', 'Conditional writes', [
  {
    behaviour: 'conditions compare attributes by operators and functions',
    source: OPERATORS,
    test: async (target) => {
      const { put, update } = await makeTable(target);
      await put(PRODUCT);
      for (const [ConditionExpression, values, holds] of CASES) {
        const tried = update(key, {
          ...{ ConditionExpression, UpdateExpression: 'SET checked = :checked' },
          ExpressionAttributeValues: { ...values, ':checked': { BOOL: true } },
        });
        if (holds) expect(await tried, ConditionExpression).toBeDefined();
        else await expect(tried, ConditionExpression).rejects.toMatchObject(FAILED);
      }
    },
  },
  {
    behaviour: 'attribute_not_exists of the key puts an item only once, however many try',
    source: CONDITIONS,
    test: async (target) => {
      const { put, get } = await makeTable(target);
      const writers = Array.from({ length: 8 }, (_, index) =>
        put({ ...key, winner: { N: `${index}` } }, { ConditionExpression: 'attribute_not_exists(id)' }),
      );
      const results = await Promise.allSettled(writers);
      const winner = results.findIndex(({ status }) => status === 'fulfilled');
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await get(key)).toEqual({ ...key, winner: { N: `${winner}` } });
    },
  },
  {
    behaviour: 'a write whose condition fails changes nothing, and shows the item to those who ask for it',
    source: PUT,
    test: async (target) => {
      const { put, update, remove, get } = await makeTable(target);
      await put(PRODUCT);
      const failing = { ConditionExpression: 'attribute_not_exists(id)' };
      const asked = { ...failing, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
      const writes = [
        () => put(key, asked),
        () => update(key, { ...asked, UpdateExpression: 'REMOVE Price' }),
        () => remove(key, asked),
      ];
      for (const write of writes) {
        await expect(write()).rejects.toMatchObject({ ...FAILED, Item: { ...key, Price: { N: '650' } } });
      }
      const silent: unknown = await put(key, failing).catch((error: unknown) => error);
      expect(silent).toMatchObject(FAILED);
      expect(silent).not.toHaveProperty('Item.id');
      expect((await get(key))?.Price).toEqual({ N: '650' });
    },
  },
  {
    behaviour: 'PutItem and DeleteItem return the old item or nothing',
    source: PUT,
    test: async (target) => {
      const { put, remove } = await makeTable(target);
      expect((await put({ ...key, a: { N: '1' } }, { ReturnValues: 'ALL_OLD' })).Attributes).toBeUndefined();
      const old = await put({ ...key, a: { N: '2' } }, { ReturnValues: 'ALL_OLD' });
      expect(old.Attributes).toEqual({ ...key, a: { N: '1' } });
      expect((await put({ ...key, a: { N: '3' } })).Attributes).toBeUndefined();
      await expect(put(key, { ReturnValues: 'ALL_NEW' })).rejects.toMatchObject({ name: 'ValidationException' });
      expect((await remove(key, { ReturnValues: 'ALL_OLD' })).Attributes).toEqual({ ...key, a: { N: '3' } });
    },
  },
  {
    behaviour: 'UpdateItem returns all or the updated attributes, as they were or as they are',
    source: UPDATE,
    test: async (target) => {
      const { put, update } = await makeTable(target);
      const expected = {
        NONE: undefined,
        ALL_OLD: { ...key, a: { N: '1' }, b: { N: '1' } },
        UPDATED_OLD: { a: { N: '1' } },
        ALL_NEW: { ...key, a: { N: '2' }, b: { N: '1' } },
        UPDATED_NEW: { a: { N: '2' } },
      } as const;
      for (const ReturnValues of ['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'] as const) {
        await put({ ...key, a: { N: '1' }, b: { N: '1' } });
        const { Attributes } = await update(key, {
          ...{ ReturnValues, UpdateExpression: 'ADD a :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
        });
        expect(Attributes, ReturnValues).toEqual(expected[ReturnValues]);
      }
    },
  },
  {
    behaviour: 'updates set, remove, add to and delete from attributes, lists, maps and sets',
    source: 'amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html',
    test: async (target) => {
      const { put, update } = await makeTable(target);
      const cases: readonly (readonly [update: string, values: Item | undefined, changed: Item])[] = [
        ['SET Price = Price - :p', { ':p': { N: '15' } }, { Price: { N: '635' } }],
        ['SET Price = if_not_exists(Price, :p)', { ':p': { N: '1' } }, { Price: { N: '650' } }],
        ['SET Stock = if_not_exists(Stock, :p)', { ':p': { N: '1' } }, { Stock: { N: '1' } }],
        [
          'SET RelatedItems = list_append(RelatedItems, :l)',
          { ':l': { L: [{ N: '9' }] } },
          { RelatedItems: { L: [{ N: '341' }, { N: '472' }, { N: '9' }] } },
        ],
        [
          'SET RelatedItems[1] = :r, Pictures.SideView = :s',
          { ':r': { S: 'x' }, ':s': { S: 'side' } },
          {
            RelatedItems: { L: [{ N: '341' }, { S: 'x' }] },
            Pictures: { M: { FrontView: { S: 'http://example/front.jpg' }, SideView: { S: 'side' } } },
          },
        ],
        ['REMOVE RelatedItems[0]', undefined, { RelatedItems: { L: [{ N: '472' }] } }],
        ['ADD Price :p, Seen :p', { ':p': { N: '2' } }, { Price: { N: '652' }, Seen: { N: '2' } }],
        ['ADD Color :c', { ':c': { SS: ['Blue', 'Red'] } }, { Color: { SS: ['Black', 'Blue', 'Red'] } }],
        ['DELETE Color :c', { ':c': { SS: ['Red'] } }, { Color: { SS: ['Black'] } }],
      ];
      for (const [UpdateExpression, ExpressionAttributeValues, changed] of cases) {
        await put(PRODUCT);
        const { Attributes = {} } = await update(key, {
          ...{ UpdateExpression, ExpressionAttributeValues, ReturnValues: 'ALL_NEW' },
        });
        const colors = Attributes.Color.SS === undefined ? {} : { Color: { SS: [...Attributes.Color.SS].sort() } };
        expect({ ...Attributes, ...colors }, UpdateExpression).toMatchObject(changed);
      }
    },
  },
  {
    behaviour: 'an update makes the item that is not there',
    source: UPDATE,
    test: async (target) => {
      const { update, get } = await makeTable(target);
      await update(key, { UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { S: 'x' } } });
      expect(await get(key)).toEqual({ ...key, a: { S: 'x' } });
    },
  },
  {
    behaviour: 'a reserved word is an attribute by a placeholder only',
    source: 'amazondynamodb/latest/developerguide/ReservedWords.html',
    test: async (target) => {
      const { put, get, update } = await makeTable(target);
      await put({ ...key, Comment: { S: 'x' } });
      await expect(get(key, 'Comment')).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: Comment',
      });
      for (const word of ['status', 'NAME', 'Count', 'ttl', 'region']) {
        await expect(get(key, word)).rejects.toMatchObject({ name: 'ValidationException' });
      }
      await update(key, {
        ...{ UpdateExpression: 'SET #c = :c', ExpressionAttributeNames: { '#c': 'Comment' } },
        ExpressionAttributeValues: { ':c': { S: 'y' } },
      });
      expect((await get(key))?.Comment).toEqual({ S: 'y' });
    },
  },
  {
    behaviour: 'placeholders that no expression uses, or that nobody defined, are refused',
    source: 'amazondynamodb/latest/developerguide/Expressions.ExpressionAttributeValues.html',
    test: async (target) => {
      const { put } = await makeTable(target);
      const condition = { ConditionExpression: 'attribute_not_exists(id)' };
      const failing = [
        { ...condition, ExpressionAttributeValues: { ':unused': { N: '1' } } },
        { ...condition, ExpressionAttributeNames: { '#unused': 'a' } },
        { ConditionExpression: 'a = :undefined' },
        { ConditionExpression: '#undefined = a' },
        { ConditionExpression: 'a b' },
      ];
      for (const rest of failing) await expect(put(key, rest)).rejects.toMatchObject({ name: 'ValidationException' });
    },
  },
]);
