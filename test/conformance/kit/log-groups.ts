import {
  CreateLogGroupCommand,
  type CreateLogGroupCommandInput,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Target } from './target';

type Rest<Input> = Partial<Omit<Input, 'logGroupName'>>;

/** A log group of a row's own with the stream `a`, and its usual calls. */
export const makeLogGroup = async (target: Target, more: Rest<CreateLogGroupCommandInput> = {}) => {
  const { logs } = target.clients;
  const logGroupName = `/conformance/${target.name('group')}`;
  await logs.send(new CreateLogGroupCommand({ ...more, logGroupName }));
  target.cleanup(() => logs.send(new DeleteLogGroupCommand({ logGroupName })));
  const addStream = (logStreamName: string) => logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  await addStream('a');
  const now = Date.now();
  /** Events a millisecond apart, from some milliseconds after the row began. */
  const put = (messages: readonly string[], after = 0, logStreamName = 'a') =>
    logs.send(
      new PutLogEventsCommand({
        ...{ logGroupName, logStreamName },
        logEvents: messages.map((message, index) => ({ timestamp: now + after + index, message })),
      }),
    );
  const get = (rest: Rest<GetLogEventsCommandInput> = {}) =>
    logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'a', startFromHead: true, ...rest }));
  const filter = (rest: Rest<FilterLogEventsCommandInput> = {}) =>
    logs.send(new FilterLogEventsCommand({ logGroupName, ...rest }));
  const arn = `arn:aws:logs:${target.region}:${target.account}:log-group:${logGroupName}`;
  return { logs, logGroupName, arn, now, addStream, put, get, filter };
};

/** The messages of an answer. */
export const messagesOf = ({ events = [] }: { readonly events?: readonly { readonly message?: string }[] }) =>
  events.map(({ message = '' }) => message);
