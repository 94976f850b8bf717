import { AwsError } from './errors';
import type { Input } from './service';
import { isRecord } from './json';

/** Reads a request or a resource's properties, and refuses a wrong shape with the path to it. */
export class Reader {
  constructor(
    readonly values: Input,
    private readonly path = '',
    private readonly code = 'ValidationException',
  ) {}

  has(name: string): boolean {
    return this.values[name] !== undefined && this.values[name] !== null;
  }

  text(name: string): string {
    const value = this.values[name];
    // CloudFormation writes numbers and booleans where the API wants text, and the other way round.
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (typeof value !== 'string') throw this.wrong(name, 'a string');
    return value;
  }

  number(name: string): number {
    const value = this.values[name];
    const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof parsed !== 'number' || Number.isNaN(parsed)) throw this.wrong(name, 'a number');
    return parsed;
  }

  flag(name: string): boolean {
    const value = this.values[name];
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false' || value === undefined || value === null) return false;
    throw this.wrong(name, 'true or false');
  }

  record(name: string): Reader {
    const value = this.values[name];
    if (!isRecord(value)) throw this.wrong(name, 'an object');
    return new Reader(value, this.at(name), this.code);
  }

  texts(name: string): readonly string[] {
    const value = this.list(name);
    return value.map((entry, index) => {
      if (typeof entry !== 'string') throw this.wrong(`${name}[${index}]`, 'a string');
      return entry;
    });
  }

  records(name: string): readonly Reader[] {
    return this.list(name).map((entry, index) => {
      if (!isRecord(entry)) throw this.wrong(`${name}[${index}]`, 'an object');
      return new Reader(entry, `${this.at(name)}[${index}]`, this.code);
    });
  }

  /** A map of strings, as in tags, parameters and environments. */
  textMap(name: string): Readonly<Record<string, string>> {
    if (!this.has(name)) return {};
    const map = this.record(name);
    return Object.fromEntries(Object.keys(map.values).map((key) => [key, map.text(key)]));
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  optionalNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined;
  }

  optionalRecord(name: string): Reader | undefined {
    return this.has(name) ? this.record(name) : undefined;
  }

  /** An absent list is empty. */
  list(name: string): readonly unknown[] {
    const value = this.values[name];
    // The query protocol writes an empty list as an empty text.
    if (value === undefined || value === null || value === '') return [];
    if (!Array.isArray(value)) throw this.wrong(name, 'a list');
    return value;
  }

  private at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  private wrong(name: string, expected: string): AwsError {
    const value = this.values[name];
    const got = value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 100);
    return new AwsError(this.code, `'${this.at(name)}' must be ${expected}, got ${got}`);
  }
}
