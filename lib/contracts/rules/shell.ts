import { placeholdersIn } from './job';

type Words = readonly string[];

const program = (names: string): RegExp => new RegExp(`^(?:.*[\\\\/])?(?:${names})(?:\\.exe)?$`, 'i');

/** Reads one word after `-c` as its script, and hands what follows to it as arguments. */
const UNIX = program('a?sh|bash|dash|m?ksh|zsh');

/** Read all that follows the option as their script. */
const WINDOWS: readonly { readonly shell: RegExp; readonly option: RegExp }[] = [
  { shell: program('cmd'), option: /^\/[ckr]$/i },
  { shell: program('powershell|pwsh'), option: /^[-/]c(o|om|omm|omma|omman|ommand)?$/i },
];

/** Placeholders whose values a shell reads as a part of its script: whoever gives them can run any command. */
export const shellPlaceholdersIn = (command: Words): string[] => placeholdersIn(scriptIn(command));

/** What the first shell of a command reads as its script. */
function scriptIn(command: Words): Words {
  for (const [index, word] of command.entries()) {
    const rest = command.slice(index + 1);
    if (UNIX.test(word)) return unixScript(rest);
    const windows = WINDOWS.find(({ shell }) => shell.test(word));
    if (windows === undefined) continue;
    const option = rest.findIndex((one) => windows.option.test(one));
    return option === -1 ? [] : rest.slice(option + 1);
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
