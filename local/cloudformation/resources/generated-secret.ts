import { randomInt } from 'node:crypto';
import type { Reader } from '../../core/reader';
import { templateError } from '../template/errors';
import { isRecord } from '../../core/json';

const classes = [
  { excludedBy: 'ExcludeLowercase', characters: 'abcdefghijklmnopqrstuvwxyz' },
  { excludedBy: 'ExcludeUppercase', characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' },
  { excludedBy: 'ExcludeNumbers', characters: '0123456789' },
  { excludedBy: 'ExcludePunctuation', characters: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~' },
];

const pickFrom = (characters: string): string => characters.charAt(randomInt(characters.length));

const password = (rules: Reader): string => {
  const excluded = rules.optionalText('ExcludeCharacters') ?? '';
  const sets = [
    ...classes.filter(({ excludedBy }) => !rules.flag(excludedBy)).map(({ characters }) => characters),
    ...(rules.flag('IncludeSpace') ? [' '] : []),
  ]
    .map((characters) =>
      Array.from(characters)
        .filter((character) => !excluded.includes(character))
        .join(''),
    )
    .filter((characters) => characters !== '');
  const length = rules.optionalNumber('PasswordLength') ?? 32;
  const needsAll = !rules.has('RequireEachIncludedType') || rules.flag('RequireEachIncludedType');
  if (sets.length === 0 || length < 1 || (needsAll && length < sets.length)) {
    throw templateError(`GenerateSecretString allows no password of ${length} characters`);
  }
  const first = needsAll ? sets.map(pickFrom) : [];
  const others = Array.from({ length: length - first.length }, () => pickFrom(sets.join('')));
  const characters = [...first, ...others];
  for (let index = characters.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1);
    [characters[index], characters[other]] = [characters[other], characters[index]];
  }
  return characters.join('');
};

/** The text of a secret that the template wants generated, alone or as one member of a JSON text. */
export const generatedSecret = (rules: Reader): string => {
  const template = rules.optionalText('SecretStringTemplate');
  if (template === undefined) return password(rules);
  const members: unknown = JSON.parse(template);
  if (!isRecord(members)) throw templateError('SecretStringTemplate must be a JSON object');
  return JSON.stringify({ ...members, [rules.text('GenerateStringKey')]: password(rules) });
};
