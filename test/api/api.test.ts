import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as library from '../../lib';
import { ROOT } from '../architecture/imports';
import { readAssembly, type ApiType, type Member, type TypeReference } from './assembly';

const assembly = readAssembly();
const types = Object.values(assembly.types);
const structs = types.filter((type) => type.datatype === true);
const own = (members: readonly Member[] | undefined): readonly Member[] =>
  (members ?? []).filter((member) => member.overrides === undefined);
const membersOf = (type: ApiType): readonly Member[] => [...own(type.properties), ...own(type.methods)];
const named = (type: ApiType, member: Member): string => `${type.name}.${member.name}`;

/** Every type that a member mentions, inside lists and maps too. */
function mentioned(type: TypeReference | undefined): readonly TypeReference[] {
  if (type === undefined) return [];
  return type.collection === undefined ? [type] : [type, ...mentioned(type.collection.elementtype)];
}

const mentions = (member: Member): readonly TypeReference[] => [
  ...mentioned(member.type),
  ...mentioned(member.returns?.type),
  ...(member.parameters ?? []).flatMap((parameter) => mentioned(parameter.type)),
];

const offenders = (of: readonly ApiType[], wrong: (member: Member, type: ApiType) => boolean): string[] =>
  of.flatMap((type) =>
    membersOf(type)
      .filter((member) => wrong(member, type))
      .map((member) => named(type, member)),
  );

describe('the public API', () => {
  test('is not empty', () => {
    expect(types.length).toBeGreaterThan(20);
  });

  test('has no union: other languages would see an untyped object', () => {
    expect(offenders(types, (member) => mentions(member).some((type) => type.union !== undefined))).toEqual([]);
  });

  test('has no `any`', () => {
    expect(offenders(types, (member) => mentions(member).some((type) => type.primitive === 'any'))).toEqual([]);
  });

  test('has a summary everywhere', () => {
    const undocumented = types.filter((type) => type.docs?.summary === undefined).map((type) => type.name);
    expect([...undocumented, ...offenders(types, (member) => member.docs?.summary === undefined)]).toEqual([]);
  });

  test('says what every enum member means', () => {
    const silent = types.flatMap((type) =>
      (type.members ?? []).filter((member) => member.docs?.summary === undefined).map((member) => named(type, member)),
    );
    expect(silent).toEqual([]);
  });

  test('has a default on every optional property that tells what happens', () => {
    const vague = (member: Member): boolean =>
      member.optional === true &&
      (member.docs?.default === undefined || /^-?\s*(undefined|none)?$/.test(member.docs.default));
    expect(offenders(structs, vague)).toEqual([]);
  });

  test('has read-only properties', () => {
    const mutable = types.flatMap((type) =>
      own(type.properties)
        .filter((property) => property.immutable !== true)
        .map((property) => named(type, property)),
    );
    expect(mutable).toEqual([]);
  });

  test('measures time as Duration', () => {
    const time = /(duration|period|timeout|ttl)$/i;
    expect(
      offenders(structs, (member) => time.test(member.name) && member.type?.fqn !== 'aws-cdk-lib.Duration'),
    ).toEqual([]);
  });

  test('takes constructs, not ARNs or names, where a resource is meant', () => {
    // Attributes of imported resources are all that is known of them.
    const props = structs.filter((type) => !type.name.endsWith('Attributes'));
    expect(offenders(props, (member) => /(Arn|Arns)$/.test(member.name))).toEqual([]);
  });

  test('has constructs that take scope, id and props', () => {
    const wrong = types
      .filter((type) => ['constructs.Construct', 'aws-cdk-lib.Resource'].includes(type.base ?? ''))
      .filter((type) => type.initializer !== undefined)
      .filter((type) => {
        const names = (type.initializer?.parameters ?? []).map((parameter) => parameter.name);
        return names.join() !== 'scope,id,props' && names.join() !== 'scope,id';
      });
    expect(wrong.map((type) => type.name)).toEqual([]);
  });

  test('has grants that take the grantee first and answer with the grant', () => {
    const facades = types.filter((type) => type.name.endsWith('Grants'));
    expect(facades.length).toBeGreaterThan(0);
    const wrong = facades.flatMap((type) =>
      own(type.methods)
        .filter((method) => !method.name.startsWith('from'))
        .filter(
          (method) =>
            method.parameters?.at(0)?.type?.fqn !== 'aws-cdk-lib.aws_iam.IGrantable' ||
            method.returns?.type.fqn !== 'aws-cdk-lib.aws_iam.Grant',
        )
        .map((method) => named(type, method)),
    );
    expect(wrong).toEqual([]);
  });

  test('offers in other languages all that lib/index.ts exports', () => {
    // jsii drops exported constants and functions without a word; both exist at run time.
    const exported = Object.keys(library);
    const known = new Set(types.map((type) => type.name));
    expect(exported.length).toBeGreaterThan(15);
    expect(exported.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('the assembly', () => {
  test('agrees with package.json on what a registry shows', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: assembly.name, version: assembly.version, license: assembly.license });
  });
});
