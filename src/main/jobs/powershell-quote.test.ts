import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { needs } from '../../../test/needs.ts';
import { powerShellLine, quoteForPowerShell } from './powershell-quote.ts';

const nasty = fc.constantFrom(
  ...`'"\\$\`;&|<>(){}[]@%^!#,*?=- \t\n‘’‚‛“”`,
  '\\"',
  '\\\\',
  '--',
  '%PATH%',
  '.',
);
const word = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
  fc.array(nasty).map((parts) => parts.join('')),
);
const words = fc.array(word, { minLength: 1, maxLength: 6 });

it('leaves common words readable', () => {
  const line = powerShellLine([
    'shoal',
    'thumbs',
    'C:\\Users\\ada\\photos',
    '--size',
    '320x240',
    '--pool',
    '8',
  ]);
  expect(line).toBe('shoal thumbs C:\\Users\\ada\\photos --size 320x240 --pool 8');
});

it.each([
  ["it's", "'it''s'"],
  ['it’s', "'it’’s'"],
  ['a b', "'a b'"],
  ['C:\\my photos\\', "'C:\\my photos\\\\'"],
  ['$HOME', "'$HOME'"],
  ['--', "'--'"],
  ['-a.b', "'-a.b'"],
  ['0x10', "'0x10'"],
  ['a"b', `'"a""b"'`],
  ['C:\\a&calc', `'"C:\\a&calc"'`],
  ['C:\\a&b\\', `'"C:\\a&b\\\\"'`],
  ['C:\\a & b', `'C:\\a & b'`],
  ['a\ufeff&calc', `'"a\ufeff&calc"'`],
  ['', `'""'`],
])('quotes %j', (word, quoted) => {
  expect(powerShellLine([word])).toBe(quoted);
});

it('is read as the words it was made of, by the rules of PowerShell 5.1 and of programs', () => {
  fc.assert(
    fc.property(words, (given) => {
      expect(wordsOfCommandLine(commandLineOf(wordsOfPowerShell(powerShellLine(given))))).toEqual(given);
    }),
    { numRuns: 500 },
  );
});

it('leaves nothing to cmd, which reads the line once more where the program is a script for it', () => {
  const typable = words.filter((given) => !given.some((each) => /\\"/.test(each) && /[\s\u0085]/.test(each)));
  fc.assert(
    fc.property(typable, (given) => {
      expect(outsideOfQuotes(commandLineOf(wordsOfPowerShell(powerShellLine(given))))).not.toMatch(
        /[&|<>^()]/,
      );
    }),
    { numRuns: 500 },
  );
});

needs('Windows', process.platform === 'win32').test(
  'is read back by PowerShell itself',
  () => {
    for (const given of fc.sample(words, 10)) {
      // In digits, as PowerShell reads what a program writes by the console's code page.
      const tell = `Buffer.from(JSON.stringify(process.argv.slice(1))).toString('hex')`;
      const line = powerShellLine(['-p', tell, '--', ...given]);
      const script = `& ${quoteForPowerShell(process.execPath)} ${line}`;
      const encoded = Buffer.from(script, 'utf16le').toString('base64');
      const read = execFileSync('powershell.exe', ['-NoProfile', '-EncodedCommand', encoded], {
        encoding: 'utf8',
      });
      expect(JSON.parse(Buffer.from(read.trim(), 'hex').toString())).toEqual(given);
    }
  },
  120_000,
);

/** The words of a line that has none but plain ones and ones in single quotes (about_Quoting_Rules). */
function wordsOfPowerShell(line: string): string[] {
  const found = line.match(/(?:'(?:[^'\u2018-\u201b]|(['\u2018-\u201b])\1)*'|[^\s'])+/g) ?? [];
  return found.map((each) =>
    each.startsWith("'") ? each.slice(1, -1).replace(/(['\u2018-\u201b])\1/g, '$1') : each,
  );
}

/** What PowerShell 5.1 starts a program with: quotes around words with spaces outside of quotes, and nothing else done. */
function commandLineOf(words: readonly string[]): string {
  return words
    .map((each) => (/[\s\u0085]/.test(outsideOfQuotes(each.replaceAll('\\"', ''))) ? `"${each}"` : each))
    .join(' ');
}

function outsideOfQuotes(line: string): string {
  return line
    .split('"')
    .filter((_, index) => index % 2 === 0)
    .join('"');
}

/** How programs read it ("Parsing C command-line arguments", Microsoft). */
function wordsOfCommandLine(line: string): string[] {
  const words: string[] = [];
  let [word, isQuoted, isBegun] = ['', false, false];
  for (let at = 0; at < line.length; at += 1) {
    const slashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    const next = line[at + slashes];
    if (slashes > 0) {
      isBegun = true;
      word += '\\'.repeat(next === '"' ? Math.floor(slashes / 2) : slashes);
      at += slashes - 1;
      if (next === '"' && slashes % 2 === 1) {
        word += '"';
        at += 1;
      }
    } else if (next === '"' && isQuoted && line[at + 1] === '"') {
      word += '"';
      at += 1;
    } else if (next === '"') {
      isQuoted = !isQuoted;
      isBegun = true;
    } else if (/[ \t]/.test(next ?? '') && !isQuoted) {
      if (isBegun) words.push(word);
      [word, isBegun] = ['', false];
    } else {
      word += next;
      isBegun = true;
    }
  }
  return isBegun ? [...words, word] : words;
}
