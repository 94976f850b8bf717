import { randomUUID } from 'node:crypto';
import type { Collection } from '../../core/collection';
import type { World } from '../../core/world';
import { Stack, type StackHead, type StackOutput } from './stack';
import { validationError } from '../template/errors';

const stackName = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

export interface Export extends StackOutput {
  readonly exportName: string;
  readonly stack: Stack;
}

/** All stacks, the deleted ones too: these are found by their id only. */
export class StackStore {
  private readonly heads: Collection<StackHead>;
  private readonly stacks: Map<string, Stack>;
  private lastTime = 0;

  constructor(private readonly world: World) {
    this.heads = world.collection('cloudformation/stacks');
    this.stacks = new Map([...this.heads].map(([id, head]) => [id, new Stack(world, this.heads, head)]));
  }

  /** A time later than all times given before: clients order events by it. */
  now(): number {
    this.lastTime = Math.max(this.world.clock.now(), this.lastTime + 1);
    return this.lastTime;
  }

  all(): readonly Stack[] {
    return [...this.stacks.values()];
  }

  /** The stacks that are not deleted. */
  live(): readonly Stack[] {
    return this.all().filter(({ head }) => head.deleted === undefined);
  }

  find(nameOrId: string): Stack | undefined {
    return this.stacks.get(nameOrId) ?? this.live().find(({ head }) => head.name === nameOrId);
  }

  get(nameOrId: string): Stack {
    const stack = this.find(nameOrId);
    if (stack === undefined) throw validationError(`Stack with id ${nameOrId} does not exist`);
    return stack;
  }

  /** A stack in review: it has change sets, but nothing was executed. */
  review(name: string): Stack {
    if (!stackName.test(name)) {
      throw validationError(
        `stack name ${JSON.stringify(name)} must begin with a letter and consist of at most 128 letters, digits and hyphens`,
      );
    }
    const head: StackHead = {
      id: this.world.arn('cloudformation', `stack/${name}/${randomUUID()}`),
      name,
      created: this.now(),
      status: 'REVIEW_IN_PROGRESS',
      reason: 'User Initiated',
      outputs: [],
      imports: [],
      isProtected: false,
      keepsFailed: false,
      operationId: randomUUID(),
    };
    const stack = new Stack(this.world, this.heads, head);
    stack.set({});
    this.stacks.set(head.id, stack);
    return stack;
  }

  /** A stack whose first change set was refused. */
  forget({ head }: Stack): void {
    this.stacks.delete(head.id);
    this.heads.delete(head.id);
  }

  exports(): readonly Export[] {
    return this.live().flatMap((stack) =>
      stack.head.outputs.flatMap((output) =>
        output.exportName === undefined ? [] : [{ ...output, exportName: output.exportName, stack }],
      ),
    );
  }

  /** Names of live stacks, other than the one that exports, that were made from an export. */
  importers(exportName: string, exporter: Stack): string {
    return this.live()
      .filter((stack) => stack !== exporter && stack.head.imports.includes(exportName))
      .map(({ head }) => head.name)
      .join(', ');
  }
}
