import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../architecture/imports';

/** The fenced blocks of one language in a Markdown file, with the line each starts at. */
export function blocks(file: string, language: string): readonly { readonly line: number; readonly code: string }[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const fence = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm');
  return [...text.matchAll(fence)].map((match) => ({
    line: text.slice(0, match.index).split('\n').length,
    code: match[1],
  }));
}
