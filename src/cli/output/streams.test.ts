import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { styleText } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText, hidden } from '../../../test/any-text.ts';
import { Output } from './streams.ts';

/** A stream that records what is written to it. */
function witness(isTTY = false) {
  const stream = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream;
  return {
    output: new Output(stream),
    read: (): string => (stream as unknown as PassThrough).read()?.toString() ?? '',
  };
}

test('whatever is told, each line is one line and nothing in it is a command or cannot be seen', () => {
  const { output, read } = witness(true);
  fc.assert(
    fc.property(anyText, (text) => {
      output.line(text);
      output.lines([text, [text, text], JSON.stringify({ text })]);
      output.text(`a table\n${text.replaceAll('\n', '')}\n`);
      const lines = read().split('\n');
      expect(lines).toHaveLength(7);
      for (const line of lines) expect(line).not.toMatch(hidden);
      output.question(text);
      expect(read()).not.toMatch(hidden);
    }),
  );
});

test('an object written as JSON is read back as it was', () => {
  const { output, read } = witness();
  fc.assert(
    fc.property(fc.dictionary(anyText, anyText), (value) => {
      const json = JSON.stringify(value);
      output.line(json);
      expect(JSON.parse(read())).toEqual(JSON.parse(json));
    }),
  );
});

test('a style is ours: it is kept, and what stands in it is escaped', () => {
  const { output, read } = witness(true);
  output.line(['✓ ', { style: 'red', text: 'a\u001b[0m\n' }]);
  expect(read()).toBe(`✓ ${styleText('red', 'a\\u001b[0m\\n')}\n`);
});

test('a value is written as it is, but on a terminal', () => {
  const value = 'one\r\n\ttwo\u001b[2J\u202e\r\u200d👨‍👩‍👧\n';
  const piped = witness();
  piped.output.value(value);
  expect(piped.read()).toBe(`${value}\n`);
  const terminal = witness(true);
  terminal.output.value(value);
  expect(terminal.read()).toBe('one\r\n\ttwo\\u001b[2J\\u202e\\r\\u200d👨‍👩‍👧\n\n');
});

test('what is drawn on a terminal is escaped, and can be drawn over', async () => {
  const { output, read } = witness(true);
  const live = await output.liveLine();
  live.draw('1 of 2 \u001b]0;pwned\u0007');
  expect(read()).toContain('1 of 2 \\u001b]0;pwned\\u0007');
  live.draw('2 of 2');
  expect(read()).toContain('\u001b[');
});

test('nothing else of the command line writes to standard output or standard error', () => {
  const folder = join(import.meta.dirname, '..');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== join('output', 'streams.ts'),
  );
  expect(files.length).toBeGreaterThan(20);
  for (const name of files) {
    const code = readFileSync(join(folder, name), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    // The listeners for write errors are on the streams themselves; what a function of `map` prints is its own.
    const allowed: Record<string, string> = {
      [join('process', 'guard-process.ts')]: '[process.stdout, process.stderr]',
      [join('commands', 'actions', 'map.ts')]: "printsTo: 'stderr'",
    };
    expect(code.replace(allowed[name] ?? '', ''), name).not.toMatch(
      /\bstd(out|err)\b|\bconsole\b|\/dev\/(tty|fd)|\bwriteSync\b/,
    );
  }
});
