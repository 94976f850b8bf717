/** The options of a program that have values: a letter each, or a long name. */
export interface ValuedOptions {
  /** Those whose values are sought. */
  readonly sought: RegExp;
  /** Those whose values are of no interest. */
  readonly others: RegExp;
  /** Whether options may follow the first word that is none. */
  readonly mayFollow: boolean;
}

/** What was read of the words after a program. */
export interface ParsedWords {
  /** Values of the options that are sought. */
  readonly values: readonly string[];
  /** What is no option. */
  readonly operands: readonly string[];
}

/** Reads options as getopt does: `-lc value`, `-cvalue`, `--command value`, `--command=value`, up to `--`. */
export function getopt(words: readonly string[], options: ValuedOptions): ParsedWords {
  if (words.length === 0) return { values: [], operands: [] };
  const [word, ...rest] = words;
  if (word === '--') return { values: [], operands: rest };
  if (!/^-./.test(word)) {
    if (!options.mayFollow) return { values: [], operands: words };
    const { values, operands } = getopt(rest, options);
    return { values, operands: [word, ...operands] };
  }
  const [name, attached] = optionIn(word, options);
  const isSought = options.sought.test(name);
  const isApart = attached === undefined && (isSought || options.others.test(name));
  const { values, operands } = getopt(isApart ? rest.slice(1) : rest, options);
  const value = attached ?? rest.at(0);
  return { values: isSought && value !== undefined ? [value, ...values] : values, operands };
}

/** The option of a word that has a value, and the value if it is of the same word. */
function optionIn(word: string, { sought, others }: ValuedOptions): readonly [name: string, attached?: string] {
  if (word.startsWith('--')) {
    const [, name = '', attached] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    return [name, attached];
  }
  const letters = Array.from(word.slice(1));
  const index = letters.findIndex((letter) => sought.test(letter) || others.test(letter));
  if (index === -1) return [''];
  const attached = letters.slice(index + 1).join('');
  return attached === '' ? [letters[index]] : [letters[index], attached];
}
