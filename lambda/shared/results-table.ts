import {
  ConditionalCheckFailedException,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { ResultRecord } from '../../lib/contracts/pipeline';

/** Which record, and the execution that must own it. */
export type Owned = Pick<ResultRecord, 'pipeline' | 'submissionId' | 'execution'>;

/** What an execution learns about its submission after the claim. */
export type Changes = Partial<Omit<ResultRecord, keyof Owned>>;

/** What a record holds after a change, as far as a notification repeats it. */
export type Recorded = Pick<ResultRecord, 'count' | 'resultsUri'>;

/** The records of pipeline submissions. A record belongs to one execution; the others leave it alone. */
export interface ResultsTable {
  /** Takes a submission on; false when another execution works on it or has finished it. */
  claim(record: ResultRecord): Promise<boolean>;
  /** Changes the record of an execution; undefined when another one owns it. */
  update(owned: Owned, changes: Changes): Promise<Recorded | undefined>;
  /** Marks a submission failed, unless it succeeded or another execution owns it; creates a record that is missing. */
  fail(owned: Owned, changes: Changes): Promise<Recorded | undefined>;
}

type Attributes = Record<string, AttributeValue>;

type Values = Readonly<Record<string, string | number | undefined>>;

const toAttributes = (values: Values): Attributes =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (value === undefined) return [];
      return [[name, typeof value === 'number' ? { N: `${value}` } : { S: value }]];
    }),
  );

const recorded = ({ count, resultsUri }: Partial<Attributes>): Recorded => ({
  count: count?.N === undefined ? undefined : Number(count.N),
  resultsUri: resultsUri?.S,
});

/** Answer of a conditional write; undefined when the condition does not hold. */
const unlessRefused = async <Answer>(write: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
};

/** The records in a table of DynamoDB. */
export const resultsTable = (dynamodb: DynamoDBClient, tableName: string): ResultsTable => {
  const write = async (
    { pipeline, submissionId, execution }: Owned,
    changes: Changes,
    condition: string,
    compared: Attributes = {},
  ) => {
    const attributes = toAttributes({ ...changes, execution });
    const names = Object.keys(attributes);
    const answer = await unlessRefused(
      dynamodb.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: toAttributes({ pipeline, submissionId }),
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
          ConditionExpression: condition,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ...Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
            ...compared,
          },
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    return answer && recorded(answer.Attributes ?? {});
  };
  return {
    async claim(record) {
      const answer = await unlessRefused(
        dynamodb.send(
          new PutItemCommand({
            TableName: tableName,
            Item: toAttributes({ ...record }),
            ConditionExpression: 'attribute_not_exists(pipeline) OR #status = :failed OR #execution = :execution',
            ExpressionAttributeNames: { '#status': 'status', '#execution': 'execution' },
            ExpressionAttributeValues: { ':failed': { S: 'FAILED' }, ':execution': { S: record.execution } },
          }),
        ),
      );
      return answer !== undefined;
    },
    update: (owned, changes) => write(owned, changes, '#execution = :execution'),
    fail: (owned, changes) =>
      write(
        owned,
        { ...changes, status: 'FAILED' },
        'attribute_not_exists(pipeline) OR (#execution = :execution AND #status <> :succeeded)',
        { ':succeeded': { S: 'SUCCEEDED' } },
      ),
  };
};
