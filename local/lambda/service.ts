import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AwsError } from '../core/errors';
import { Reader } from '../core/reader';
import type { Operation, Output, Principal, Service } from '../core/service';
import type { World } from '../core/world';
import { aliasIn, describeAlias, type NamedFunction, withAlias, withChangedAlias, withoutAlias } from './alias';
import { AsyncInvocations } from './async-invocations';
import { checkDestinations } from './check-role';
import { invalidParameter, wholeNumber } from './configuration';
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

const describeNamed = ({ fn, arn }: NamedFunction): Output => ({ ...describeFunction(fn), FunctionArn: arn });

const functionOperations = (functions: FunctionStore): Readonly<Record<string, Operation>> => ({
  CreateFunction: reading(async (input, principal) => describeFunction(await functions.create(input, principal))),
  UpdateFunctionCode: reading(async (input, principal) =>
    describeFunction(await functions.updateCode(input, principal)),
  ),
  UpdateFunctionConfiguration: reading(async (input) => describeFunction(await functions.updateConfiguration(input))),
  GetFunctionConfiguration: reading((input) => describeNamed(functions.named(input))),
  GetFunction: reading((input) => {
    const named = functions.named(input);
    const { fn } = named;
    const { reservedConcurrency } = fn;
    return {
      Configuration: describeNamed(named),
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

const statementsOf = ({ fn, alias }: NamedFunction): LambdaFunction['statements'] => (alias ?? fn).statements;

const permissionOperations = (functions: FunctionStore): Readonly<Record<string, Operation>> => ({
  AddPermission: reading((input) => {
    const named = functions.named(input);
    if (named.arn.endsWith(':$LATEST')) {
      throw invalidParameter('We currently do not support adding policies for $LATEST.');
    }
    const statement = statementOf(named.arn, input);
    functions.setStatements(named, withStatement(statementsOf(named), statement));
    return { Statement: JSON.stringify(statement) };
  }),
  RemovePermission: reading((input) => {
    const named = functions.named(input);
    functions.setStatements(named, withoutStatement(statementsOf(named), input.text('StatementId')));
    return {};
  }),
  GetPolicy: reading((input) => {
    const named = functions.named(input);
    const { revisionId } = named.alias ?? named.fn;
    return { Policy: policyOf(statementsOf(named)), RevisionId: revisionId };
  }),
});

const aliasOperations = (functions: FunctionStore): Readonly<Record<string, Operation>> => {
  const change = (
    input: Reader,
    aliases: (fn: LambdaFunction, input: Reader) => LambdaFunction['aliases'],
  ): LambdaFunction => {
    const fn = functions.get(input);
    return functions.update(fn, { aliases: aliases(fn, input) });
  };
  const describe = (fn: LambdaFunction, input: Reader): Output => describeAlias(fn, aliasIn(fn, input.text('Name')));
  return {
    CreateAlias: reading((input) => describe(change(input, withAlias), input)),
    UpdateAlias: reading((input) => describe(change(input, withChangedAlias), input)),
    GetAlias: reading((input) => describe(functions.get(input), input)),
    ListAliases: reading((input) => {
      const fn = functions.get(input);
      return { Aliases: [...(fn.aliases?.values() ?? [])].map((alias) => describeAlias(fn, alias)) };
    }),
    DeleteAlias: reading((input) => {
      change(input, (fn) => withoutAlias(fn, input.text('Name')));
      return {};
    }),
  };
};

const settingOperations = (functions: FunctionStore): Readonly<Record<string, Operation>> => ({
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
      ...permissionOperations(functions),
      ...aliasOperations(functions),
      ...eventInvokeOperations(world, functions),
      ...mappingOperations(world, functions, pool),
      Invoke: createInvoke(functions, pool, later),
    },
  };
};
