import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Operation, Output, Principal, Service } from '../core/service';
import type { World } from '../core/world';
import { AsyncInvocations } from './async-invocations';
import { checkDestinations } from './check-role';
import { wholeNumber } from './configuration';
import { describeEventInvokeConfig, type EventInvokeConfig, eventInvokeConfigOf } from './event-invoke-config';
import { describeFunction, type LambdaFunction } from './function';
import { FunctionStore } from './function-store';
import { createInvoke } from './invoke';
import { policyOf, statementOf, withoutStatement, withStatement } from './policy';
import { Pool } from './pool';
import { mappingOperations } from './sources/operations';

/** Beside the bundle of the endpoint. */
const BUNDLED_RUNTIME = join(__dirname, 'lambda', 'runtime.js');

const reading =
  (operation: (input: Reader, principal: Principal) => Output | Promise<Output>): Operation =>
  (input, call) =>
    operation(new Reader(input), call.principal);

const functionOperations = (functions: FunctionStore): Readonly<Record<string, Operation>> => ({
  CreateFunction: reading(async (input, principal) => describeFunction(await functions.create(input, principal))),
  UpdateFunctionCode: reading(async (input, principal) =>
    describeFunction(await functions.updateCode(input, principal)),
  ),
  UpdateFunctionConfiguration: reading(async (input) => describeFunction(await functions.updateConfiguration(input))),
  GetFunctionConfiguration: reading((input) => describeFunction(functions.get(input))),
  GetFunction: reading((input) => {
    const fn = functions.get(input);
    const { reservedConcurrency } = fn;
    return {
      Configuration: describeFunction(fn),
      Code: { RepositoryType: 'S3', Location: pathToFileURL(fn.code.directory).href },
      Tags: fn.tags,
      Concurrency:
        reservedConcurrency === undefined ? undefined : { ReservedConcurrentExecutions: reservedConcurrency },
    };
  }),
  DeleteFunction: reading((input) => {
    functions.delete(input);
    return {};
  }),
  ListFunctions: reading(() => ({ Functions: functions.list().map(describeFunction) })),
});

const settingOperations = (functions: FunctionStore): Readonly<Record<string, Operation>> => ({
  AddPermission: reading((input) => {
    const fn = functions.get(input);
    const statement = statementOf(fn, input);
    functions.update(fn, { statements: withStatement(fn, statement) });
    return { Statement: JSON.stringify(statement) };
  }),
  RemovePermission: reading((input) => {
    const fn = functions.get(input);
    functions.update(fn, { statements: withoutStatement(fn, input.text('StatementId')) });
    return {};
  }),
  GetPolicy: reading((input) => {
    const fn = functions.get(input);
    return { Policy: policyOf(fn), RevisionId: fn.revisionId };
  }),
  PutFunctionConcurrency: reading((input) => {
    input.number('ReservedConcurrentExecutions');
    const ReservedConcurrentExecutions = wholeNumber(input, 'ReservedConcurrentExecutions', 0, 0, 1_000);
    functions.update(functions.get(input), { reservedConcurrency: ReservedConcurrentExecutions });
    return { ReservedConcurrentExecutions };
  }),
  GetFunctionConcurrency: reading((input) => ({
    ReservedConcurrentExecutions: functions.get(input).reservedConcurrency,
  })),
  DeleteFunctionConcurrency: reading((input) => {
    functions.update(functions.get(input), { reservedConcurrency: undefined });
    return {};
  }),
  TagResource: reading((input) => {
    const fn = functions.resolve(input.text('Resource'));
    functions.update(fn, { tags: { ...fn.tags, ...input.textMap('Tags') } });
    return {};
  }),
  UntagResource: reading((input) => {
    const fn = functions.resolve(input.text('Resource'));
    const keys = input.texts('TagKeys');
    const tags = Object.fromEntries(Object.entries(fn.tags).filter(([key]) => !keys.includes(key)));
    functions.update(fn, { tags });
    return {};
  }),
  ListTags: reading((input) => ({ Tags: functions.resolve(input.text('Resource')).tags })),
});

const eventInvokeOperations = (world: World, functions: FunctionStore): Readonly<Record<string, Operation>> => {
  const configured = (fn: LambdaFunction) => {
    if (fn.eventInvoke !== undefined) return fn.eventInvoke;
    const message = `The function ${fn.arn}:$LATEST doesn't have an EventInvokeConfig`;
    throw new AwsError('ResourceNotFoundException', message, 404);
  };
  const put = async (input: Reader, eventInvoke: EventInvokeConfig): Promise<Output> => {
    await checkDestinations(world, functions.get(input).configuration.role, eventInvoke);
    const { arn } = functions.update(functions.get(input), { eventInvoke });
    return describeEventInvokeConfig(arn, eventInvoke);
  };
  return {
    PutFunctionEventInvokeConfig: reading((input) => put(input, eventInvokeConfigOf(input))),
    UpdateFunctionEventInvokeConfig: reading((input) =>
      put(input, eventInvokeConfigOf(input, configured(functions.get(input)))),
    ),
    GetFunctionEventInvokeConfig: reading((input) => {
      const fn = functions.get(input);
      return describeEventInvokeConfig(fn.arn, configured(fn));
    }),
    DeleteFunctionEventInvokeConfig: reading((input) => {
      const fn = functions.get(input);
      configured(fn);
      functions.update(fn, { eventInvoke: undefined });
      return {};
    }),
  };
};

/** AWS Lambda: functions for Node.js, each in processes of this machine. */
export const createLambda = (world: World): Service => {
  const pool = new Pool(world, world.lambdaRuntime ?? BUNDLED_RUNTIME);
  const functions = new FunctionStore(world, (name, current) => {
    pool.retire(name, current);
  });
  const later = new AsyncInvocations(world, functions, pool);
  world.onClose(async () => {
    later.close();
    await pool.close();
  });
  return {
    name: 'lambda',
    operations: {
      ...functionOperations(functions),
      ...settingOperations(functions),
      ...eventInvokeOperations(world, functions),
      ...mappingOperations(world, functions, pool),
      Invoke: createInvoke(functions, pool, later),
    },
  };
};
