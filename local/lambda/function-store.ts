import { randomUUID } from 'node:crypto';
import type { Collection } from '../core/collection';
import { AwsError, notSupported } from '../core/errors';
import type { Reader } from '../core/reader';
import type { Principal } from '../core/service';
import type { World } from '../core/world';
import type { NamedFunction } from './alias';
import { checkRole } from './check-role';
import { installCode } from './code';
import { configurationOf, invalidParameter } from './configuration';
import type { LambdaFunction } from './function';

const NAME = /^[A-Za-z0-9-_]{1,64}$/;
const REFERENCE =
  /^(?:arn:aws:lambda:[a-z0-9-]+:)?(?:(\d{12}):)?(?:function:)?([A-Za-z0-9-_]{1,64})(?::([A-Za-z0-9$_-]+))?$/;

const architecturesOf = (input: Reader, fallback: readonly string[]): readonly string[] => {
  const given = input.texts('Architectures');
  const unknown = given.find((architecture) => architecture !== 'x86_64' && architecture !== 'arm64');
  if (unknown !== undefined) throw invalidParameter(`'Architectures' must be x86_64 or arm64, got '${unknown}'`);
  return given.length === 0 ? fallback : given;
};

/** The functions of the account. */
export class FunctionStore {
  private readonly functions: Collection<LambdaFunction>;

  constructor(
    private readonly world: World,
    private readonly changed: (name: string, current?: LambdaFunction) => void,
  ) {
    this.functions = world.collection('lambda/functions');
  }

  async create(input: Reader, principal: Principal): Promise<LambdaFunction> {
    const name = input.text('FunctionName');
    if (!NAME.test(name)) {
      throw invalidParameter(`'FunctionName' must have 1 to 64 letters, digits, hyphens or underscores, got '${name}'`);
    }
    const arn = this.world.arn('lambda', `function:${name}`);
    if (this.functions.has(name))
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409);
    if (input.flag('Publish')) throw notSupported('versions of functions (Publish)');
    const configuration = configurationOf(input, name);
    await checkRole(this.world, configuration, name);
    const code = await installCode(this.world, principal, name, input.record('Code'));
    return this.put({
      ...{ arn, name, configuration, code, architectures: architecturesOf(input, ['x86_64']) },
      ...{
        modifiedAt: this.world.clock.date(),
        revisionId: randomUUID(),
        tags: input.textMap('Tags'),
        statements: new Map(),
      },
    });
  }

  async updateCode(input: Reader, principal: Principal): Promise<LambdaFunction> {
    const { name } = this.get(input);
    if (input.flag('Publish')) throw notSupported('versions of functions (Publish)');
    const code = await installCode(this.world, principal, name, input);
    const fn = this.get(input);
    return this.put({ ...this.revised(fn), code, architectures: architecturesOf(input, fn.architectures) });
  }

  async updateConfiguration(input: Reader): Promise<LambdaFunction> {
    const fn = this.get(input);
    const configuration = configurationOf(input, fn.name, fn.configuration);
    await checkRole(this.world, configuration, fn.name);
    return this.put({ ...this.revised(fn), configuration });
  }

  /** Changes what surrounds code and configuration; processes go on. */
  update(fn: LambdaFunction, change: Partial<LambdaFunction>): LambdaFunction {
    const updated = { ...fn, ...change };
    this.functions.set(fn.name, updated);
    return updated;
  }

  delete(input: Reader): void {
    const { name } = this.get(input);
    this.functions.delete(name);
    this.changed(name);
  }

  find(name: string): LambdaFunction | undefined {
    return this.functions.get(name);
  }

  /** The function that `FunctionName` and `Qualifier` mean; the name may be an ARN, and an alias is none. */
  get(input: Reader): LambdaFunction {
    return this.resolve(input.text('FunctionName'), input.optionalText('Qualifier'));
  }

  /** The function behind a name or an ARN. */
  resolve(reference: string, qualifier?: string): LambdaFunction {
    const { fn, alias } = this.lookUp(reference, qualifier);
    if (alias !== undefined) throw notSupported(`this operation for the alias ${alias.name}`, 'name the function');
    return fn;
  }

  /** The function or its alias that `FunctionName` and `Qualifier` mean. */
  named(input: Reader): NamedFunction {
    return this.lookUp(input.text('FunctionName'), input.optionalText('Qualifier'));
  }

  /** Changes the resource policy of a function or of its alias. */
  setStatements({ fn, alias }: NamedFunction, statements: LambdaFunction['statements']): void {
    if (alias === undefined) this.update(fn, { statements });
    else this.update(fn, { aliases: new Map([...(fn.aliases ?? []), [alias.name, { ...alias, statements }]]) });
  }

  list(): readonly LambdaFunction[] {
    return [...this.functions.values()];
  }

  private lookUp(reference: string, qualifier?: string): NamedFunction {
    const match = REFERENCE.exec(reference);
    const account = match?.at(1) ?? this.world.account;
    const name = match?.at(2) ?? '';
    const inName = match?.at(3);
    if (inName !== undefined && qualifier !== undefined && inName !== qualifier) {
      throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.');
    }
    const version = inName ?? qualifier;
    const fn = account === this.world.account ? this.functions.get(name) : undefined;
    const alias = version === undefined ? undefined : fn?.aliases?.get(version);
    const arn = name === '' ? reference : this.world.arn('lambda', `function:${name}`);
    const full = version === undefined ? arn : `${arn}:${version}`;
    if (fn !== undefined && (alias !== undefined || version === undefined || version === '$LATEST')) {
      return { fn, alias, arn: full };
    }
    throw new AwsError('ResourceNotFoundException', `Function not found: ${full}`, 404);
  }

  private revised(fn: LambdaFunction): LambdaFunction {
    return { ...fn, modifiedAt: this.world.clock.date(), revisionId: randomUUID() };
  }

  private put(fn: LambdaFunction): LambdaFunction {
    this.functions.set(fn.name, fn);
    this.changed(fn.name, fn);
    return fn;
  }
}
