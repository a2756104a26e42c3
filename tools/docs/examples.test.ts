import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, test } from 'vitest';
import { thumbnailSettings } from '../../src/shared/settings/thumbnail-settings.ts';
import { filesBelow } from '../../test/images/image-folders.ts';
import { repositoryRoot } from '../../test/run-shoal.ts';
import { codeBlocks } from './code-blocks.ts';
import { linesOf } from './command-lines.ts';
import { ExampleFolder, startExampleHost, withJq, withShell } from './example-folder.ts';

const host = await startExampleHost();
afterAll(() => host.close());

const pageOf = (name: string): string => readFileSync(join(repositoryRoot, name), 'utf8');

/** The lines of a page's blocks for a shell. */
const blockLines = (page: string): string[] =>
  codeBlocks(pageOf(page))
    .filter(({ language, words }) => language === 'sh' && words.length === 0)
    .flatMap(({ code }) => code.split('\n'))
    .filter((line) => /(?:^|\s)shoal\s/.test(line));

const thumbnails = blockLines('docs/thumbnails.md');

withShell.describe('docs/thumbnails.md', () => {
  it.each(thumbnails)('%s', async (line) => {
    const folder = new ExampleFolder(host);
    const before = filesBelow(folder.path);
    const { code, stderr } = await folder.shell(line);
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/error/i)]);
    expect(filesBelow(folder.path).length).toBeGreaterThan(before.length);
  });

  test('names each flag of thumbnails', () => {
    const page = pageOf('docs/thumbnails.md');
    const flags = Object.values(thumbnailSettings).map(({ flag }) => flag);
    expect(flags.filter((flag) => !page.includes(flag))).toEqual([]);
    expect(thumbnails.length).toBeGreaterThan(12);
  });
});

/** What an example needs that is not here. */
const needsMore = [
  /--ca|--proxy|HTTPS_PROXY/, // a company's certificate, a proxy
  /urls\.parquet|urls\.csv\.gz|bird\.desktop|links\.html/, // lists that only the tests of lists write
  /--dataset|--queue|--shard|s3:/, // several machines: docs/cluster.md
];

const fetches = [
  ...new Set([
    ...blockLines('docs/fetching.md'),
    ...linesOf(pageOf('docs/fetching.md')).map(({ line }) => line),
  ]),
].filter(
  (line) =>
    /\bshoal fetch (?!--retry-failed$)/.test(line) && !needsMore.some((pattern) => pattern.test(line)),
);

withShell.describe('docs/fetching.md', () => {
  it.each(fetches)('%s', async (line) => {
    const folder = new ExampleFolder(host);
    const { code, stderr } = await folder.shell(line);
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/error|✗/)]);
  });

  test('has that many examples', () => expect(fetches.length).toBeGreaterThan(12));
});

const readme = blockLines('README.md').filter((line) => line.includes('shoal '));

withShell.describe('README.md', () => {
  it.each(readme)('%s', async (line) => {
    const folder = new ExampleFolder(host);
    folder.write(filesOfReadme);
    // There has to be a run before one can be tried again.
    if (line.startsWith('shoal runs')) await folder.shell('shoal thumbs photos');
    const { code, stderr } = await folder.shell(line);
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/error|✗/)]);
  });

  test("the library's example runs", async () => {
    const folder = new ExampleFolder(host);
    folder.write(filesOfReadme);
    const { code, stdout, stderr } = await folder.node('library.mjs');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe('a.log 3\nb.log 2\ngone.log TASK_THREW\n');
  });
});

/** What names a run of another day, asks something, removes what is there, or needs another machine. */
const notHere = /2026|runs undo|runs resume|runs retry .*--only|shoal completion|--queue|rm -r/;
const others = [
  'docs/pool.md',
  'docs/json.md',
  'docs/journal.md',
  'docs/sets.md',
  'docs/terminal.md',
  'docs/troubleshooting.md',
];

for (const page of others) {
  withShell.describe(page, () => {
    for (const line of blockLines(page).filter((line) => !notHere.test(line))) {
      const { test } = line.includes('jq') ? withJq : withShell;
      test(line, async () => {
        const folder = new ExampleFolder(host);
        if (line.includes('shoal runs')) await folder.shell('shoal thumbs photos');
        const { code, stderr } = await folder.shell(line);
        expect([code, stderr]).toEqual([0, expect.not.stringMatching(/error|✗/)]);
      });
    }
  });
}

const [task = '', library = ''] = codeBlocks(pageOf('README.md'))
  .filter(({ language }) => language === 'js')
  .map(({ code }) => code);
const filesOfReadme = { 'count.mjs': task, 'library.mjs': library };
