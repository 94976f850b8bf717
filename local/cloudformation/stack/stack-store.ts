import { randomUUID } from 'node:crypto';
import type { World } from '../../core/world';
import type { Stack, StackOutput } from './stack';
import { validationError } from '../template/errors';

const stackName = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

export interface Export extends StackOutput {
  readonly exportName: string;
  readonly stack: Stack;
}

/** All stacks, the deleted ones too: these are found by their id only. */
export class StackStore {
  private readonly stacks = new Map<string, Stack>();
  private lastTime = 0;

  constructor(private readonly world: World) {}

  /** A time later than all times given before: clients order events by it. */
  now(): Date {
    this.lastTime = Math.max(Date.now(), this.lastTime + 1);
    return new Date(this.lastTime);
  }

  all(): readonly Stack[] {
    return [...this.stacks.values()];
  }

  find(nameOrId: string): Stack | undefined {
    return this.stacks.get(nameOrId) ?? this.all().find(({ name, deleted }) => name === nameOrId && !deleted);
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
    const stack: Stack = {
      id: this.world.arn('cloudformation', `stack/${name}/${randomUUID()}`),
      name,
      created: this.now(),
      updated: undefined,
      deleted: undefined,
      status: 'REVIEW_IN_PROGRESS',
      reason: 'User Initiated',
      plan: undefined,
      outputs: [],
      imports: new Set(),
      protected: false,
      resources: new Map(),
      changeSets: new Map(),
      events: [],
      operationId: randomUUID(),
      token: undefined,
      running: undefined,
    };
    this.stacks.set(stack.id, stack);
    return stack;
  }

  /** A stack whose first change set was refused. */
  forget(stack: Stack): void {
    this.stacks.delete(stack.id);
  }

  exports(): readonly Export[] {
    return this.all()
      .filter(({ deleted }) => deleted === undefined)
      .flatMap((stack) =>
        stack.outputs.flatMap((output) =>
          output.exportName === undefined ? [] : [{ ...output, exportName: output.exportName, stack }],
        ),
      );
  }

  /** Live stacks that were made from an export. */
  importers(exportName: string): readonly Stack[] {
    return this.all().filter(({ deleted, imports }) => deleted === undefined && imports.has(exportName));
  }
}
