import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks } from './code-blocks.ts';
import { shellCommands } from './shell-words.ts';

const root = join(import.meta.dirname, '../..');

/** What stands for something else in a page: `FOLDER`, `<path…>`, `[show|retry]`, `…`. */
const placeholder = /[<…]|\[\w+\||\b[A-Z]{2,}\b|\.\.\./;

/** The program, and not the package of that name (`npx -p shoal shoal`). */
const isShoal = (word: string, at: number, words: readonly string[]): boolean =>
  word === 'shoal' && words[at - 1] !== '-p';

/** A command line of Shoal's in a page. */
export interface CommandLine {
  readonly page: string;
  readonly line: string;
  /** Its words behind `shoal`. */
  readonly words: readonly string[];
  /** Whether it stands in the text, where what it is about may be left out: `shoal runs retry`. */
  readonly isInText: boolean;
}

/** Every flag that stands between backticks in the pages about Shoal, with its page. */
export function flagsNamed(): { readonly page: string; readonly flag: string }[] {
  const pages = globSync(['README.md', 'docs/*.md'], { cwd: root });
  return pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```.*\n(?:.*\n)*?```$/gm, '');
    return [...text.matchAll(/`(--[a-z][\w-]*\w)(?![\w-])[^`\n]*`/g)].map(([, flag = '']) => ({
      page,
      flag,
    }));
  });
}

/** Every command line of Shoal's in the pages: of blocks for a shell, and between backticks in the text. */
export function commandLines(): CommandLine[] {
  const pages = globSync(['*.md', 'docs/*.md', 'docs/adr/*.md', 'bench/*.md', 'deploy/**/*.md'], {
    cwd: root,
  });
  return pages
    .filter((page) => page !== 'CHANGELOG.md')
    .flatMap((page) => {
      const text = readFileSync(join(root, page), 'utf8');
      return linesOf(text).flatMap(({ line, isInText }) =>
        shellCommands(line)
          .map((words) => words.slice(words.findIndex(isShoal)))
          .filter((words) => words[0] === 'shoal')
          .map((words) => ({ page, line, words: words.slice(1), isInText })),
      );
    });
}

/** The lines of a page in which commands may stand. */
export function linesOf(page: string): Pick<CommandLine, 'line' | 'isInText'>[] {
  const ofBlocks = codeBlocks(page)
    .filter(({ language }) => language === 'sh' || language === '')
    .flatMap(({ code }) => code.replaceAll(/\\\n\s*/g, '').split('\n'))
    .filter((line) => /^(?:[^#]*\s)?shoal\s/.test(line));
  const withoutBlocks = page.replaceAll(/^```.*\n(?:.*\n)*?```$/gm, '');
  const inText = [...withoutBlocks.matchAll(/`([^`\n]*\bshoal [^`\n]*)`/g)]
    .map(([, line = '']) => line.replaceAll('\\|', '|'))
    .filter((line) => !placeholder.test(line));
  return [
    ...ofBlocks.map((line) => ({ line, isInText: false })),
    ...inText.map((line) => ({ line, isInText: true })),
  ];
}
