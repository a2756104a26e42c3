import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleFolder } from '../../test/images/image-folders.ts';
import { repositoryRoot, Shell } from '../../test/run-shoal.ts';

const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  version: string;
};

function sizes(count: number): string[] {
  return Array.from({ length: count }, (_, at) => ['--size', String(at + 1)]).flat();
}

test('--version prints the version of package.json', async () => {
  expect(await new Shell().run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['--help'], /thumbs.*map.*tune.*Examples:.*Exit codes:/s],
  [
    ['thumbs', '--help'],
    /--size.*--fit.*--format.*--quality.*--out.*--pool.*--force.*--dry-run.*--json.*Names:.*--name.*Which images:.*--match/s,
  ],
  [['map', '--help'], /--pool.*--json/s],
  [['tune', '--help'], /thumbs/],
  [['tune', 'thumbs', '--help'], /--sizes.*1,2,4,8,13/s],
])('%j prints help and exits 0', async (args, expected) => {
  const { code, stdout, stderr } = await new Shell().run(args);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(expected);
});

test.each([
  [[], /Usage: shoal/],
  [['swim'], /unknown command 'swim'/],
  [['thumbs'], /missing required argument 'path'/],
  [['thumbs', '.', '--sise', '75'], /unknown option '--sise'/],
  [['thumbs', '.', '--size', 'huge'], /Expected pixels such as 75 or 320x240, from 1 to 16383, got huge\./],
  [['thumbs', '.', '--size', '0'], /got 0\./],
  [['thumbs', '.', '--pool', '0'], /Expected a whole number from 1 to 512, got 0\./],
  [['thumbs', '.', '--quality', '101'], /from 1 to 100, got 101\./],
  [['thumbs', '.', '--fit', 'squeeze'], /Allowed choices are inside, cover, contain, fill, outside\./],
  [['thumbs', '.', '--format', 'bmp'], /Allowed choices are same, jpeg, png, webp, avif\./],
  [['thumbs', '.', '--format', 'webp', '--format', 'webp'], /Expected each once, got webp again\./],
  [['thumbs', '.', '--match', ''], /match/],
  [['thumbs', ''], /^shoal: Expected a path to have some text, got ""\.\n$/],
  [['thumbs', '.', '--size', '75', '--size', '75x75'], /Expected each size once, got 75x75 again\./],
  [['thumbs', '.', ...sizes(9)], /Expected at most 8 sizes\./],
  [
    ['thumbs', '.', '--name', '../{name}'],
    /'--name <template>' .* Expected the name of a file, or names of folders and a file .* alone, got \.\.\/\{name\}\./,
  ],
  [
    ['thumbs', '.', '--name', 'a.jpg'],
    /Expected \{name\}, \{counter\} or \{second\} in the name, to tell the pictures apart, got a\.jpg\./,
  ],
  [
    ['thumbs', '.', '--name', '{name}-{name'],
    /Expected both braces of each placeholder, .*, got \{name\}-\{name\./,
  ],
  [['thumbs', '.', '--name', '{name}-{foo}'], /Expected one of \{name\} \{ext\} .* instead of \{foo\}/],
  [['thumbs', '.', '--name', '{nam}'], /Expected \{name\} instead of \{nam\}/],
  [
    ['thumbs', '.', '--name', '{name}', '--size', '75', '--size', '80'],
    /Expected \{width\} or \{height\} in the file name, to tell the sizes apart, for --name\./,
  ],
  [
    ['thumbs', '.', '--max-bytes', '99999999999999999999'],
    /Expected at most 9007199254740991 bytes, got 99999999999999999999\.\n/,
  ],
  [['fetch', ''], /^shoal: Expected an input to have some text, got ""\.\n$/],
  [['fetch', 'http://127.0.0.1/', '--timeout', '0'], /Expected seconds, more than 0 and up to 3600, got 0\./],
  [
    ['fetch', 'http://127.0.0.1/', '--bandwidth', '100'],
    /Expected 1k \(1024 bytes\) a second or more, got 100\./,
  ],
  [
    ['fetch', 'http://127.0.0.1/', '--header', 'Content-Length: 5'],
    /Expected a header that says nothing of the connection or .* for --header, got "Content-Length"\./,
  ],
  [
    ['fetch', 'http://127.0.0.1/', '--header', 'X-Secret: ü€'],
    /^shoal: Expected one line of Latin-1 characters \(up to ÿ\) for --header\.\n$/,
  ],
  [['fetch', 'http://127.0.0.1/', '--user-agent', 'a\nb'], /Expected one line of Latin-1 characters/],
  [['map', './absent.mjs', 'a'], /absent\.mjs/],
  [['map', './absent.mjs'], /missing required argument 'item'/],
  [['tune'], /Usage: shoal tune/],
  [['tune', 'thumbs'], /missing required argument 'path'/],
  [['tune', 'thumbs', '.', '--sizes', '1,x'], /got x\./],
])('%j is wrong usage: exit code 2, told on stderr, nothing on stdout', async (args, expected) => {
  const { code, stdout, stderr } = await new Shell().run(args);
  expect(stderr).toMatch(expected);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect([code, stdout]).toEqual([2, '']);
});

test('outputs that would land on their inputs are wrong usage', async () => {
  const folder = await sampleFolder(1);
  for (const out of [folder, `${folder}/`, `${folder}/../${folder.split('/').at(-1)}`]) {
    const { code, stderr } = await new Shell().run(['thumbs', folder, '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/holds the originals/);
  }
});
