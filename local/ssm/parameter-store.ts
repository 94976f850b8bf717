import type { Collection } from '../core/collection';
import { AwsError } from '../core/errors';
import type { World } from '../core/world';

/** A version of a parameter. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** A parameter with its versions, oldest first. */
type Versions = readonly Parameter[];

/** What is asked to be stored. */
export interface NewParameter {
  readonly name: string;
  readonly value: string;
  /** Required unless the parameter exists. */
  readonly type: string | undefined;
  readonly overwrite: boolean;
}

const TYPES = ['String', 'StringList', 'SecureString'];
const MAX_VALUE_CHARACTERS = 4096;

/** The bootstrap stack is not deployed here; its version is the one that the pinned CDK CLI creates. */
const BOOTSTRAP_VERSION = /^\/cdk-bootstrap\/[a-z0-9]{1,10}\/version$/;
const BOOTSTRAPPED = { type: 'String', value: '31', version: 1, modified: 0 };

/** `name:version`. */
const VERSIONED = /^([^:]+):(\d+)$/;
const MAX_VERSIONS = 100;

/** The name in an ARN, without the slash that it may start with. */
const ARN = /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter\/(.+)$/;

const notFound = (name: string): AwsError => new AwsError('ParameterNotFound', `the parameter ${name} does not exist`);

/** Parameters by name. */
export class ParameterStore {
  private readonly parameters: Collection<Versions>;

  constructor(private readonly world: World) {
    this.parameters = world.collection('ssm/parameters');
  }

  /** By name or ARN. */
  find(name: string): Parameter | undefined {
    const path = ARN.exec(name)?.[1];
    if (path !== undefined) return this.find(`/${path}`) ?? this.find(path);
    const [, plain = name, number] = VERSIONED.exec(name) ?? [name];
    const versions = this.parameters.get(plain) ?? [];
    const found = plain === name ? versions.at(-1) : versions.find(({ version }) => version === Number(number));
    return found ?? (BOOTSTRAP_VERSION.test(name) ? { name, ...BOOTSTRAPPED } : undefined);
  }

  get(name: string): Parameter {
    const parameter = this.find(name);
    if (parameter !== undefined) return parameter;
    const [, plain = ''] = VERSIONED.exec(name) ?? [];
    if (!this.parameters.has(plain)) throw notFound(name);
    const message = `Systems Manager could not find version of ${plain}. Verify the version and try again.`;
    throw new AwsError('ParameterVersionNotFound', message);
  }

  put({ name, value, type, overwrite }: NewParameter): Parameter {
    const versions = this.parameters.get(name) ?? [];
    const existing = versions.at(-1);
    if (!/^[\w./-]{1,1011}$/.test(name)) {
      throw new AwsError('ValidationException', `'Name' may hold letters, digits and . - _ / only, got ${name}`);
    }
    if (value === '' || value.length > MAX_VALUE_CHARACTERS) {
      const given = value.length;
      throw new AwsError(
        'ValidationException',
        `'Value' must have 1 to ${MAX_VALUE_CHARACTERS} characters, got ${given}`,
      );
    }
    const kind = type ?? existing?.type;
    if (kind === undefined || !TYPES.includes(kind)) {
      throw new AwsError('ValidationException', `'Type' must be one of ${TYPES.join(', ')}, got ${kind ?? 'nothing'}`);
    }
    if (existing !== undefined && !overwrite) {
      throw new AwsError('ParameterAlreadyExists', `the parameter ${name} exists; set Overwrite to change it`);
    }
    const parameter = {
      name,
      type: kind,
      value,
      version: (existing?.version ?? 0) + 1,
      modified: this.world.clock.now(),
    };
    this.parameters.set(name, [...versions, parameter].slice(-MAX_VERSIONS));
    return parameter;
  }

  delete(name: string): void {
    if (!this.parameters.delete(name)) throw notFound(name);
  }
}
