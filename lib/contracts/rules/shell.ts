import { getopt, type ValuedOptions } from './getopt';
import { placeholdersIn } from './job';

type Words = readonly string[];

/** What a program reads as a script of the words after it; nothing if another of the words may be a shell. */
type Reader = (words: Words) => Words | undefined;

const program = (names: string): RegExp => new RegExp(`^(?:.*[\\\\/])?(?:${names})(?:\\.exe)?$`, 'i');

const READERS: readonly (readonly [program: RegExp, read: Reader])[] = [
  [program('a?sh|bash|dash|m?ksh|zsh|t?csh'), (words) => unixScript(words)],
  [program('fish'), (words) => getopt(words, FISH).values],
  [program('su|runuser'), suScript],
  [program('env'), envScript],
  [program('cmd'), (words) => after(words, /^\/[ckr]$/i)],
  [program('powershell'), (words) => powershellScript(words, (operands) => operands)],
  [program('pwsh'), (words) => powershellScript(words, () => [])],
];

const FISH: ValuedOptions = {
  sought: /^(c|command|C|init-command)$/,
  others: /^(d|debug|o|debug-output|f|features|p|profile|profile-startup)$/,
  mayFollow: false,
};

const SU: ValuedOptions = {
  sought: /^(c|command|session-command)$/,
  others: /^(g|group|G|supp-group|s|shell|u|user|w|whitelist-environment)$/,
  mayFollow: true,
};

const ENV: ValuedOptions = {
  sought: /^(S|split-string)$/,
  others: /^(u|unset|C|chdir|a|argv0)$/,
  mayFollow: false,
};

/** Placeholders whose values a shell reads as a part of its script: whoever gives them can run any command. */
export const shellPlaceholdersIn = (command: Words): string[] => placeholdersIn(scriptIn(command));

/** What the first shell of a command reads as its script. */
function scriptIn(command: Words): Words {
  for (const [index, word] of command.entries()) {
    const read = READERS.find(([name]) => name.test(word))?.[1];
    const script = read?.(command.slice(index + 1));
    if (script !== undefined) return script;
  }
  return [];
}

/** The first word that is no option, if `-c` is among those before: `-ec`, `-lc`, `-euo pipefail -c`, `-c --`. */
function unixScript(words: Words, isRead = false): Words {
  if (words.length === 0) return [];
  const [word, ...rest] = words;
  if (word === '--' || word === '-') return isRead ? rest.slice(0, 1) : [];
  if (!/^[-+]/.test(word)) return isRead ? [word] : [];
  const letters = word.startsWith('--') ? '' : word;
  const values = /^--(rcfile|init-file)$/.test(word) ? 1 : letters.replace(/[^oO]/g, '').length;
  return unixScript(rest.slice(values), isRead || /^-.*c/.test(letters));
}

/** Without a script of its own it may run a shell. */
function suScript(words: Words): Words | undefined {
  const { values } = getopt(words, SU);
  return values.length === 0 ? undefined : values;
}

/** Splits a text into words, of which a value may add some: the text is a script, and what it begins may be a shell. */
function envScript(words: Words): Words | undefined {
  const { values, operands } = getopt(words, ENV);
  if (values.length === 0) return undefined;
  const split = values.flatMap((value) => value.replace(/["']/g, '').split(/\s+/));
  return [...values, ...scriptIn([...split, ...operands])];
}

/** All that follows an option. */
function after(words: Words, option: RegExp): Words {
  const index = words.findIndex((word) => option.test(word));
  return index === -1 ? [] : words.slice(index + 1);
}

/** Reads what follows `-Command`, or one word; `-File` is none. What it makes of operands differs by edition. */
function powershellScript(words: Words, ofOperands: (operands: Words) => Words): Words {
  if (words.length === 0) return [];
  const [word, ...rest] = words;
  if (!/^[-/][a-z?]+$/i.test(word)) return ofOperands(words);
  const option = word.slice(1).toLowerCase();
  if (/^c(o(m(m(a(nd?)?)?)?)?)?$/.test(option)) return rest;
  if (/^(e|ec|en\w*|cwa|commandw\w*)$/.test(option)) return rest.slice(0, 1);
  if (option.startsWith('f')) return [];
  const isFlag = /^(no\w*|sta|mta|l|lo\w*|i|int\w*|h\w*|\?)$/.test(option);
  return powershellScript(isFlag ? rest : rest.slice(1), ofOperands);
}
