import { randomUUID } from 'node:crypto';
import { AwsError } from '../core/errors';
import type { Collection } from '../core/collection';
import type { Reader } from '../core/reader';
import type { World } from '../core/world';
import { checkRole } from './check-role';
import { integrationOf } from './integrations/integrations';
import type { Machine } from './language/definition';
import { readDefinition } from './language/read-definition';
import { settingsOf, type Settings } from './settings';

/** A state machine as it was created or last updated. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly definition: string;
  readonly machine: Machine;
  readonly roleArn: string;
  readonly settings: Settings;
  readonly createdAt: Date;
  readonly revisionId: string;
}

const NAME = /^[A-Za-z0-9\-_]{1,80}$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;

const roleOf = (arn: string): string => {
  if (ROLE.test(arn)) return arn;
  throw new AwsError('InvalidArn', `'roleArn' must be the ARN of an IAM role, got '${arn}'`);
};

const read = (definition: string): Machine => readDefinition(definition, (resource) => void integrationOf(resource));

/** The state machines of the account. */
export class MachineStore {
  private readonly machines: Collection<StateMachine>;

  constructor(private readonly world: World) {
    this.machines = world.collection('states/machines');
  }

  async create(input: Reader): Promise<StateMachine> {
    const name = input.text('name');
    if (!NAME.test(name)) {
      throw new AwsError(
        'InvalidName',
        `'name' must have 1 to 80 letters, digits, hyphens or underscores, got '${name}'`,
      );
    }
    const definition = input.text('definition');
    const created: StateMachine = {
      ...{ arn: this.world.arn('states', `stateMachine:${name}`), name, definition, machine: read(definition) },
      roleArn: roleOf(input.text('roleArn')),
      settings: settingsOf(input),
      createdAt: this.world.clock.date(),
      revisionId: randomUUID(),
    };
    const known = this.machines.get(created.arn);
    if (known !== undefined) {
      // Creating the same machine again is no error: the operation is idempotent.
      if (known.definition === definition && known.roleArn === created.roleArn) return known;
      throw new AwsError('StateMachineAlreadyExists', `State Machine Already Exists: '${created.arn}'`);
    }
    await checkRole(this.world, created);
    this.machines.set(created.arn, created);
    return created;
  }

  async update(input: Reader): Promise<StateMachine> {
    const current = this.get(input.text('stateMachineArn'));
    const definition = input.optionalText('definition') ?? current.definition;
    const updated: StateMachine = {
      ...current,
      ...{ definition, machine: read(definition), revisionId: randomUUID() },
      roleArn: roleOf(input.optionalText('roleArn') ?? current.roleArn),
      settings: settingsOf(input, current.settings),
    };
    await checkRole(this.world, updated);
    this.machines.set(updated.arn, updated);
    return updated;
  }

  find(arn: string): StateMachine | undefined {
    return this.machines.get(arn);
  }

  get(arn: string): StateMachine {
    const found = this.machines.get(arn);
    if (found === undefined) {
      throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    }
    return found;
  }

  delete(arn: string): void {
    this.machines.delete(arn);
  }

  list(): readonly StateMachine[] {
    return [...this.machines.values()];
  }
}
