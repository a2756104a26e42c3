import { spawn } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { hidden } from '../../test/any-text.ts';
import { sampleJpeg } from '../../test/images/sample-images.ts';
import { withScript } from '../../test/needs.ts';
import { ended, Shell, shoalBin } from '../../test/run-shoal.ts';
import { tempFolder, writeFiles } from '../../test/temp-folder.ts';

/** Clears the screen, sets the window's title, rings the bell, starts a new line, reverses the text and hides it. */
const evil =
  'ev\u001b[2Jil\u001b]0;pwned\u0007\u009b31m\nshoal: all is well\u202egpj.\u2066\u200b\u2028\u{e0041}';
const shownEvil =
  'ev\\u001b[2Jil\\u001b]0;pwned\\u0007\\u009b31m\\nshoal: all is well\\u202egpj.\\u2066\\u200b\\u2028\\udb40\\udc41';

async function evilFolder(): Promise<string> {
  const image = await sampleJpeg(1, 100, 80);
  const folder = join(tempFolder(), evil);
  writeFiles(folder, {
    'a.jpg': image,
    'broken.jpg': image.subarray(0, 300),
    'b.tga': 'BM',
    'empty.jpg': '',
  });
  symlinkSync('.', join(folder, 'loop'));
  return folder;
}

/** Expects a text without line breaks of a name's own and without hidden characters. */
function expectShown(text: string): void {
  const lines = text.split('\n');
  for (const line of lines) expect(line).not.toMatch(hidden);
  expect(lines).not.toContainEqual(expect.stringMatching(/^shoal: all is well/));
}

test.each([[[]], [['--tolerant']], [['--json']], [['--dry-run']], [['--out', 'no\u001b[2J/\u009bfolder']]])(
  'results and warnings of a folder with an evil name, with %j',
  async (flags) => {
    const folder = await evilFolder();
    const { stdout, stderr } = await new Shell().run(['thumbs', folder, ...flags], { cwd: tempFolder() });
    expectShown(stdout);
    expectShown(stderr);
    expect(stdout + stderr).toContain(shownEvil);
    expect(stderr).toMatch(/^warning: /m);
  },
);

test('NDJSON has names as they are once it is read', async () => {
  const folder = await evilFolder();
  const { stdout, results } = await new Shell().json(['thumbs', folder]);
  expectShown(stdout);
  expect(results.map(({ input }) => input).sort()).toEqual(
    ['a.jpg', 'broken.jpg', 'empty.jpg'].map((name) => join(folder, name)),
  );
});

test.each([
  ['an unknown command', [evil]],
  ['an unknown flag', ['thumbs', `--siz${evil}`, '.']],
  ['a flag that is nearly one', ['thumbs', `--sizee`, '.']],
  ['a value that is none', ['thumbs', '.', '--pool', evil]],
  ['a choice that is none', ['thumbs', '.', '--fit', evil]],
  ['a template that is none', ['thumbs', '.', '--name', evil]],
  ['a path that is not there', ['thumbs', `/${evil}`]],
  ['two paths that are not there', ['thumbs', `/${evil}`, `/b/${evil}`]],
  ['a list that is not there', ['fetch', evil]],
  ['a URL of another scheme', ['fetch', `ftp://${evil}/`]],
  ['a cookie file that is not there', ['fetch', 'http://127.0.0.1:9/', '--cookies', `/${evil}`]],
  ['a module that is not there', ['map', `./${evil}.mjs`, 'a']],
  ['a report that is none', ['fetch', '--retry-failed', import.meta.filename]],
])('wrong usage: %s', async (_what, args) => {
  const { code, stdout, stderr } = await new Shell().run(args, { cwd: tempFolder() });
  expect(code).not.toBe(0);
  expect(stdout + stderr).not.toBe('');
  expectShown(stdout);
  expectShown(stderr);
});

test('a list with evil lines, names and columns', async () => {
  const list = join(tempFolder(), 'list.jsonl');
  writeFileSync(list, `${JSON.stringify(evil)}\n${JSON.stringify({ url: 'gopher://x/', note: evil })}\n`);
  for (const flags of [[], ['--json']]) {
    const { stdout, stderr } = await new Shell().run(['fetch', list, ...flags], { cwd: tempFolder() });
    expectShown(stdout);
    expectShown(stderr);
    expect(stdout + stderr).toContain('\\u202e');
  }
});

const module = (code: string): string => {
  const path = join(tempFolder(), 'task.mjs');
  writeFileSync(path, `export default ${code};`);
  return path;
};

test('what a function threw is escaped, what it returned is written as it is', async () => {
  const throwing = module("(item) => { throw new Error('no ' + item); }");
  const failed = await new Shell().run(['map', throwing, evil]);
  expectShown(failed.stderr);
  expect(failed.stderr).toContain(`no ${shownEvil}`);
  const echo = module('(item) => item');
  expect((await new Shell().run(['map', echo, evil])).stdout).toBe(`${evil}\n`);
  const { stdout, results } = await new Shell().json(['map', echo, evil]);
  expectShown(stdout);
  expect(results).toMatchObject([{ input: evil, output: evil }]);
});

/** Runs a command on a pseudo terminal. Its arguments are passed by the environment: a shell would interpret them. */
function onTerminal(args: readonly string[], stopAt?: string) {
  const command = `'${process.execPath}' '${shoalBin}' ${args.map((_, at) => `"$ARG${at}"`).join(' ')}`;
  const given = Object.fromEntries(args.map((arg, at) => [`ARG${at}`, arg]));
  const child = spawn('script', ['-qfec', command, '/dev/null'], {
    env: { ...process.env, ...given, SHOAL_STATE_DIR: tempFolder(), TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: tempFolder(),
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
    if (stopAt !== undefined && told.includes(stopAt)) child.stdin.end('\u0003');
  });
  return ended(child);
}

withScript.test('on a terminal our own colours and cursor are all that commands it', async () => {
  const { stdout } = await onTerminal(['thumbs', await evilFolder()]);
  expect(stdout).toContain('\u001b[');
  expect(stdout).not.toContain('pwned\u0007');
  expect(stdout).not.toContain('ev\u001b');
  const own = stripVTControlCharacters(stdout).replaceAll('\r', '');
  expectShown(own);
  expect(own).toContain(shownEvil);
});

withScript.test('on a terminal values are escaped too, line by line', async () => {
  const { stdout } = await onTerminal([
    ...['map', module("(item) => '1\\n2 ' + item"), evil, '--no-progress'],
  ]);
  const lines = stdout.split('\r\n');
  expect(lines[0]).toBe('1');
  for (const line of lines) expect(line).not.toMatch(hidden);
  expect(stdout).toContain('2 ev\\u001b[2Jil');
});

withScript.test('the question for a password shows the name, it does not send it', async () => {
  const { stdout } = await onTerminal(['fetch', 'http://127.0.0.1:9/', '--user', evil], 'Password');
  expect(stdout).toContain(`Password for ${shownEvil}: `);
  expect(stdout).not.toContain('\u009b');
});
