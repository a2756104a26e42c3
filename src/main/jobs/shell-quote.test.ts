import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quoteForShell, shellLine } from './shell-quote.ts';

/** The words that `sh` reads from a line. */
function readByShell(line: string): string[] {
  const read = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
  return read.split('\0').slice(0, -1);
}

it('leaves common words readable', () => {
  expect(shellLine(['shoal', 'thumbs', '/home/ada/photos', '--size', '320x240'])).toBe(
    'shoal thumbs /home/ada/photos --size 320x240',
  );
});

it.each([
  ['', "''"],
  ["it's", `'it'\\''s'`],
  ['a b', "'a b'"],
  ['$HOME', "'$HOME'"],
  ['~', "'~'"],
  ['a\nb', "'a\nb'"],
])('quotes %j', (word, quoted) => {
  expect(quoteForShell(word)).toBe(quoted);
});

it('is read back by a POSIX shell, whatever the words hold', () => {
  const nasty = fc.constantFrom(
    "'",
    '"',
    '\\',
    '$(',
    '`',
    '!',
    '*',
    '?',
    '[',
    '~',
    '#',
    '\n',
    '\t',
    ' ',
    '-',
    '=',
    ';',
    '&',
  );
  const text = fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0') && word.isWellFormed());
  const word = fc.oneof(
    text,
    fc.array(nasty).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
      expect(readByShell(shellLine(words))).toEqual(words);
    }),
    { numRuns: 150 },
  );
});
