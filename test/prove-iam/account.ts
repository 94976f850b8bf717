import {
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import { IMAGE, PATHS } from '../../examples/flights/demo/paths';
import type { TraceRecord } from '../../local/core/trace';
import { startEndpoint } from '../../local/endpoint';
import { type Clients, clientsFor } from '../conformance/kit/clients';
import type { Visit } from './subject';

const PATIENCE = { timeout: 15_000, interval: 25 };

/** An account of its own for one deployment. */
export interface Account {
  readonly clients: Clients;
  /** Deploys a template; gives what is needed to use it. Rejects with what could not be made. */
  deploy(stack: string, template: unknown): Promise<Visit>;
  remove(): Promise<void>;
}

export interface AccountOptions {
  /** The account that this one is a copy of. */
  readonly from: string;
  readonly directory: string;
  /** Gets each call that anybody makes there. */
  readonly trace: (record: TraceRecord) => void;
  /** Whether nothing more is to be waited for. */
  readonly isOver: () => boolean;
}

const onlyOne = (ids: ReadonlyMap<string, string>, start: string): string => {
  const found = [...ids].filter(
    ([id]) => id.startsWith(start) && /^[0-9A-F]{8}$/.test(id.slice(-8)) && id.length === start.length + 8,
  );
  if (found.length !== 1) throw new Error(`${found.length} resources are ${start}: ${[...ids.keys()].join(', ')}`);
  return found[0][1];
};

/** Opens a copy of an account. */
export const openAccount = async ({ from, directory, trace, isOver }: AccountOptions): Promise<Account> => {
  cpSync(from, directory, { recursive: true });
  const endpoint = await startEndpoint({
    ...{ directory, trace, port: 0, workdirs: { [IMAGE]: PATHS.jobs } },
    lambdaRuntime: join(PATHS.endpoint, '../lambda/runtime.js'),
    processHost: join(PATHS.endpoint, '../batch/process-host/main.js'),
  });
  const { url, credentials, world } = endpoint;
  const options = { endpoint: url, region: world.region };
  const clients = clientsFor({ ...options, credentials });
  const { cloudformation } = clients;

  const eventually = async <T>(look: () => Promise<T>): Promise<T> => {
    const found = await vi.waitFor(async () => (isOver() ? undefined : { value: await look() }), PATIENCE);
    if (found === undefined) throw new Error('a call on the way was denied');
    return found.value;
  };

  const sessionOf = async (role: string): Promise<Clients> => {
    const RoleArn = `arn:aws:iam::${world.account}:role/${role}`;
    const session = await clients.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'prove' }));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = session.Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    return clientsFor({ ...options, credentials, maxAttempts: 1 });
  };

  const deploy = async (StackName: string, template: unknown): Promise<Visit> => {
    const change = { StackName, ChangeSetName: 'prove' };
    const TemplateBody = JSON.stringify(template);
    const Capabilities = ['CAPABILITY_IAM' as const, 'CAPABILITY_NAMED_IAM' as const];
    await cloudformation.send(
      new CreateChangeSetCommand({ ...change, ChangeSetType: 'CREATE', TemplateBody, Capabilities }),
    );
    await vi.waitFor(async () => {
      const { Status } = await cloudformation.send(new DescribeChangeSetCommand(change));
      if (Status !== 'CREATE_COMPLETE') throw new Error(`the change set is ${String(Status)}`);
    }, PATIENCE);
    await cloudformation.send(new ExecuteChangeSetCommand(change));
    const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    if (stack.StackStatus !== 'CREATE_COMPLETE') {
      const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
      const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED').at(-1);
      throw new Error(`${failed?.LogicalResourceId ?? ''}: ${failed?.ResourceStatusReason ?? ''}`);
    }
    const { StackResources = [] } = await cloudformation.send(new DescribeStackResourcesCommand({ StackName }));
    const ids = new Map(StackResources.map((one) => [one.LogicalResourceId ?? '', one.PhysicalResourceId ?? '']));
    const id = (start: string): string => onlyOne(ids, start);
    const advance = (milliseconds: number): Promise<void> => world.clock.advance(milliseconds);
    return { clients, id, advance, eventually, as: (role) => sessionOf(id(role)) };
  };

  const remove = async (): Promise<void> => {
    await endpoint.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { clients, deploy, remove };
};
