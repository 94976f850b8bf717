import { AwsError } from '../../../local/core/errors';
import { Reader } from '../../../local/core/reader';
import type { Input, Output, Service } from '../../../local/core/service';
import type { ServiceFactory } from '../../../local/core/world';
import type {
  ExistingResource,
  ResourceContext,
  ResourceType,
} from '../../../local/cloudformation/types/resource-type';
import { createCloudFormation } from '../../../local/cloudformation/service';
import { createTestWorld, type TestWorld } from '../support';

/** Things of a made-up type that tests can look into. */
export interface Shelf {
  readonly things: Map<string, Input>;
  /** What happened, in order: `create A`, `delete A`, ... */
  readonly history: string[];
  readonly types: readonly ResourceType[];
}

/**
 * `Test::Thing` is updated in place, except for a change of `Kind`; `Test::Fixed` never is. A thing whose `Fails` is
 * `create`, `update` or `delete` fails there; one with `Slow` takes its time.
 */
export const createShelf = (): Shelf => {
  const things = new Map<string, Input>();
  const history: string[] = [];
  let count = 0;

  const step = async (verb: string, name: string, properties: Reader): Promise<void> => {
    if (properties.has('Slow')) await new Promise((resolve) => setTimeout(resolve, properties.number('Slow')));
    history.push(`${verb} ${name}`);
    if (properties.values.Fails === verb) throw new AwsError('Broken', `${name} does not ${verb}`);
  };

  const type: ResourceType = {
    type: 'Test::Thing',
    schema: {
      properties: { Value: 'json', Kind: 'string', Fails: 'string', Slow: 'integer', Tags: { map: 'string' } },
      replacing: ['Kind'],
      tags: { property: 'Tags', as: 'map' },
      shapes: {},
    },
    create: async (properties: Reader, { logicalId }: ResourceContext) => {
      await step('create', logicalId, properties);
      count += 1;
      const id = `${logicalId.toLowerCase()}-${count}`;
      things.set(id, properties.values);
      return { id, attributes: { Arn: `arn:${id}`, Number: count } };
    },
    update: async (existing: ExistingResource, properties: Reader, { logicalId }: ResourceContext) => {
      await step('update', logicalId, properties);
      things.set(existing.id, properties.values);
      return existing;
    },
    delete: async ({ id, properties }: ExistingResource, { logicalId }: ResourceContext) => {
      await step('delete', logicalId, properties);
      if (!things.delete(id)) throw new AwsError('ThingNotFound', `${id} is gone`);
    },
  };
  return { things, history, types: [type, { ...type, type: 'Test::Fixed', update: undefined }] };
};

/** One stack, and a world with CloudFormation around it. */
export interface TestStack {
  readonly world: TestWorld;
  call(operation: string, input: Input): Promise<Output>;
  /** Deploys as the CDK CLI does; answers the stack when nothing moves any more. */
  deploy(template: Input, options?: Input): Promise<Reader>;
  destroy(): Promise<Reader>;
  stack(): Promise<Reader>;
  /** `LogicalId STATUS`, oldest first. */
  events(): Promise<readonly string[]>;
  /** `LogicalId STATUS: reason` of the events that have one, oldest first. */
  reasons(): Promise<readonly string[]>;
}

/** A stack of test types. */
export interface TestStacks extends TestStack, Shelf {}

const factory =
  (types: readonly ResourceType[]): ServiceFactory =>
  (world) =>
    createCloudFormation(world, new Map(types.map((type) => [type.type, type])));

export const createTestStacks = async (services: readonly (Service | ServiceFactory)[] = []): Promise<TestStacks> => {
  const shelf = createShelf();
  return { ...shelf, ...stackIn(await createTestWorld([factory(shelf.types), ...services])) };
};

/** The stack `Shop` of a world that has CloudFormation. */
export const stackIn = (world: TestWorld): TestStack => {
  const call = (operation: string, input: Input): Promise<Output> => world.run('cloudformation', operation, input);
  const StackName = 'Shop';
  let id: string = StackName;

  const stack = async (): Promise<Reader> =>
    new Reader(await call('DescribeStacks', { StackName: id })).records('Stacks')[0];

  const events = async (): Promise<readonly Reader[]> =>
    [...new Reader(await call('DescribeStackEvents', { StackName: id })).records('StackEvents')].reverse();

  return {
    world,
    call,
    stack,
    deploy: async (template, options = {}) => {
      const exists = await call('DescribeStacks', { StackName }).then(
        () => true,
        () => false,
      );
      const created = await call('CreateChangeSet', {
        StackName,
        ChangeSetName: 'deploy',
        ChangeSetType: exists ? 'UPDATE' : 'CREATE',
        TemplateBody: JSON.stringify(template),
        ...options,
      });
      id = new Reader(created).text('StackId');
      await call('ExecuteChangeSet', { StackName, ChangeSetName: 'deploy' });
      return stack();
    },
    destroy: async () => {
      await call('DeleteStack', { StackName });
      return stack();
    },
    events: async () =>
      (await events()).map((event) => `${event.text('LogicalResourceId')} ${event.text('ResourceStatus')}`),
    reasons: async () =>
      (await events()).flatMap((event) => {
        const reason = event.optionalText('ResourceStatusReason');
        if (reason === undefined) return [];
        return [`${event.text('LogicalResourceId')} ${event.text('ResourceStatus')}: ${reason}`];
      }),
  };
};
