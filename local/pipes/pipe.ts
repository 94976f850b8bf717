import { AwsError, notSupported } from '../core/errors';
import { Reader } from '../core/reader';
import type { Input, Output } from '../core/service';
import type { World } from '../core/world';
import { checkFilters, FilterError } from '../polling/filter';
import type { Polling } from '../polling/queue-poller';
import { submissionOf } from './batch-target';

/** A pipe as it is kept. */
export interface Pipe {
  readonly name: string;
  readonly arn: string;
  /** As requested. */
  readonly request: Input;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

const SERVICE = 'pipes.amazonaws.com';
const NAME = /^[.\-_A-Za-z0-9]{1,64}$/;

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

export const checkedName = (name: string): string => {
  if (NAME.test(name)) return name;
  throw invalid(`the name of a pipe has 1 to 64 letters, digits, '.', '-' or '_', got '${name}'`);
};

const filtersIn = (source: Reader | undefined): readonly string[] => {
  const criteria = source?.optionalRecord('FilterCriteria');
  try {
    return criteria === undefined ? [] : checkFilters(criteria);
  } catch (error) {
    throw error instanceof FilterError ? invalid(error.message) : error;
  }
};

/** What a pipe does; refuses by name what this endpoint does not do. */
export const pollingOf = ({ name, arn, request }: Pipe, world: World): Polling => {
  const reader = new Reader(request);
  const unsupported = ['Enrichment', 'LogConfiguration'].find((field) => reader.has(field));
  if (unsupported !== undefined) throw notSupported(`${unsupported} of a pipe`);
  const [queueArn, target, roleArn] = ['Source', 'Target', 'RoleArn'].map((field) => reader.text(field));
  if (!/^arn:[^:]+:sqs:/.test(queueArn)) throw notSupported(`the source ${queueArn} of a pipe`, 'it has queues of SQS');
  if (!/^arn:[^:]+:batch:.*:job-queue\//.test(target))
    throw notSupported(`the target ${target} of a pipe`, 'it has job queues of AWS Batch');
  const source = reader.optionalRecord('SourceParameters');
  const targetParameters = reader.record('TargetParameters');
  if (targetParameters.has('InputTemplate'))
    throw notSupported('InputTemplate of a pipe', 'BatchJobParameters have paths');
  const queue = source?.optionalRecord('SqsQueueParameters');
  const batchSize = queue?.optionalNumber('BatchSize') ?? 10;
  if (batchSize !== 1) throw notSupported(`batches of ${batchSize} messages of a pipe`, 'set BatchSize to 1');
  const submission = submissionOf(target, targetParameters.record('BatchJobParameters'));
  const principal = () => world.assume({ roleArn, service: SERVICE, sourceArn: arn, session: name });
  return {
    ...{ queueArn, receiver: `the pipe ${name}`, batchSize, window: 0, filters: filtersIn(source), principal },
    handle: async (batch) => {
      for (const message of batch) {
        const input = submission(message);
        await world.call({ service: 'batch', operation: 'SubmitJob', input, principal: await principal() });
      }
      return new Set();
    },
  };
};

export const isWanted = ({ request }: Pipe): boolean => request.DesiredState !== 'STOPPED';

/** A pipe as the API shows it. */
export const describe = (pipe: Pipe): Output => ({
  ...{ DesiredState: 'RUNNING', ...pipe.request, Name: pipe.name, Arn: pipe.arn },
  CurrentState: isWanted(pipe) ? 'RUNNING' : 'STOPPED',
  ...{ CreationTime: pipe.createdAt, LastModifiedTime: pipe.modifiedAt },
});
