import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleJpeg } from '../../../test/images/sample-images.ts';
import type { RegisteredInput } from '../../shared/ipc/inputs.ts';
import { type Job, jobSchema } from '../../shared/ipc/job.ts';
import { fetchRecipeSchema, thumbnailRecipeSchema } from '../../shared/recipe.ts';
import { mapRequestSchema } from '../../shared/requests.ts';
import { FileRegistry } from '../inputs/file-registry.ts';
import { InputRegistry } from '../inputs/input-registry.ts';
import { OutputRegistry } from '../inputs/output-registry.ts';
import { PastedLists } from '../storage/pasted-lists.ts';
import { commandLine } from './command-line.ts';
import { type ResolvedJob, resolveJob } from './resolved-job.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shoal-command-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inputs = new InputRegistry();
const outputs = new OutputRegistry();
const shuffle = fileURLToPath(new URL('../../../test/tasks/shuffle.mjs', import.meta.url));
const moduleId = '7a2b6f0e-8a52-4d58-8f0a-3f1f6e6f3c11';
const modules = { get: (id: string) => (id === moduleId ? shuffle : undefined) };
const cli = fileURLToPath(new URL('../../../bin/shoal.cjs', import.meta.url));

async function lineFor(paths: string[], job: Job, poolSize?: number): Promise<string> {
  const { inputs: given } = await inputs.registerPaths(paths);
  const resolved = resolveJob(
    { inputs: given.map(({ id }) => id), job },
    { inputs, outputs, files: new FileRegistry(), modules, downloads: join(folder, 'downloads') },
  );
  return commandLine(
    resolved,
    poolSize,
    (text) => new PastedLists(join(folder, 'lists')).save(text),
    'linux',
  );
}

/** Runs the line in a shell, as if a person had pasted it. */
function runInShell(line: string): string {
  const shoal = `shoal() { '${process.execPath}' '${cli}' "$@"; }`;
  const env = { ...process.env, SHOAL_STATE_DIR: join(folder, 'state') };
  return execFileSync('sh', ['-c', `${shoal}; ${line}`], { encoding: 'utf8', env });
}

describe('a job as a command line', () => {
  it('leaves out what is the default', async () => {
    const photos = join(folder, 'photos');
    mkdirSync(photos);
    const job = jobSchema.parse({ kind: 'thumbnails', recipe: {} });
    expect(await lineFor([photos], job)).toBe(`shoal thumbs ${photos}`);
  });

  it('does in a shell what the window would have done, with names that a shell could misread', async () => {
    const photos = join(folder, "Ada's $HOME & photos");
    mkdirSync(join(photos, 'deep'), { recursive: true });
    writeFileSync(join(photos, 'a b.jpg'), await sampleJpeg(1, 400, 300));
    writeFileSync(join(photos, 'deep', 'c.jpg'), await sampleJpeg(2, 400, 300));
    const output = outputs.register(join(folder, 'it;s out'));
    const recipe = thumbnailRecipeSchema.parse({
      box: { width: 120, height: 90 },
      furtherBoxes: [{ width: 40, height: 40 }],
      fit: 'cover',
      format: 'webp',
      quality: 61,
      nameTemplate: '{name}-{width}',
      fast: true,
      tolerant: true,
    });
    const job = jobSchema.parse({
      kind: 'thumbnails',
      recipe,
      recursive: false,
      match: '*.jpg',
      output: output.id,
      force: true,
    });
    const line = await lineFor([photos], job, 3);
    expect(line).toMatch(/--pool 3 --force$/);
    runInShell(line);
    expect(readdirSync(join(folder, 'it;s out')).sort()).toEqual(['a b-120.webp', 'a b-40.webp']);
  });

  it('names every setting of a fetch so that the command line reads them back', async () => {
    const list = join(folder, 'urls.txt');
    writeFileSync(list, 'http://127.0.0.1:9/never-asked.jpg\n');
    const recipe = fetchRecipeSchema.parse({
      retries: 1,
      timeout: 2.5,
      minSpeed: 5,
      maxBytes: 5_000_000,
      maxRedirects: 2,
      perHost: 3,
      minGap: 0.5,
      bandwidth: 2_000_000,
      respect: ['robots', 'noai'],
      headers: { Accept: 'image/webp', 'X-It': "it's" },
      userAgent: '-odd agent',
      redact: true,
      privateAddresses: 'deny',
      dedupe: 'link',
      recheck: false,
      thumbnail: { box: { width: 200, height: 100 }, fit: 'cover', format: 'webp', quality: 61 },
      originals: false,
    });
    const line = await lineFor([list], jobSchema.parse({ kind: 'fetch', recipe }));
    const told = runInShell(`${line} --dry-run --json`);
    expect(told).toContain('"total":1');
    for (const flag of [
      '--thumbs 200x100 --fit cover --format webp --quality 61',
      '--no-originals',
      "--header 'X-It: it'\\''s'",
      '--respect robots,noai',
      '--redact',
    ]) {
      expect(line).toContain(flag);
    }
  });

  it('writes a few pasted URLs into the line, and a long or odd list into a file', async () => {
    const job = jobSchema.parse({ kind: 'fetch', recipe: {} });
    const line = (text: string): string => {
      const { id } = inputs.registerText(text, 'Pasted list');
      const resolved = resolveJob(
        { inputs: [id], job },
        { inputs, outputs, files: new FileRegistry(), modules, downloads: '/downloads' },
      );
      return commandLine(resolved, undefined, () => '/lists/list.txt', 'linux');
    };
    expect(line('https://example.com/a.jpg\r\n\r\n https://example.com/b?c=d&e \n')).toBe(
      "shoal fetch https://example.com/a.jpg 'https://example.com/b?c=d&e' --out /downloads",
    );
    expect(line('url,name\nhttps://example.com/a.jpg,a\n')).toBe(
      'shoal fetch /lists/list.txt --out /downloads',
    );
    const many = Array.from({ length: 21 }, (_, index) => `https://example.com/${index}.jpg`).join('\n');
    expect(line(many)).toBe('shoal fetch /lists/list.txt --out /downloads');
  });

  it('keeps the shard of a run', () => {
    const inputs = [{ kind: 'items', items: ['a'] }];
    const request = mapRequestSchema.parse({ kind: 'map', module: '/m.mjs', inputs, shard: '2/3' });
    const job: ResolvedJob = { kind: 'map', request, force: false, title: '', destination: '', folder: '' };
    const words = ['shoal', 'map', '--shard=2/3', '--', '/m.mjs', 'a'];
    expect(commandLine(job, undefined, () => '', 'linux').split(' ')).toEqual(words);
  });

  it('applies a module to the same items in a shell: a few on the line, and else from what writes them', async () => {
    const job = jobSchema.parse({ kind: 'map', module: moduleId });
    const logs = join(folder, "Ada's logs");
    mkdirSync(join(logs, 'deep'), { recursive: true });
    for (const name of ['a.log', 'deep/b.log', '.hidden']) writeFileSync(join(logs, name), '');
    const list = join(folder, 'list.txt');
    writeFileSync(list, 'one item\ntwo\n');
    const lineOf = (...given: RegisteredInput[]) => {
      const givens = { inputs, outputs, files: new FileRegistry(), modules, downloads: '/downloads' };
      const save = (kept: string) => new PastedLists(join(folder, 'lists')).save(kept);
      return commandLine(
        resolveJob({ inputs: given.map(({ id }) => id), job }, givens),
        undefined,
        save,
        'linux',
      );
    };
    const text = (pasted: string) => inputs.registerText(pasted, 'Pasted list');
    const textLine = (pasted: string) => lineOf(text(pasted));
    expect(textLine('-one\ntwo words\n')).toBe(`shoal map -- ${shuffle} -one 'two words'`);
    const did = (line: string) => runInShell(line).trim().split('\n').sort();
    expect(did(textLine('-one\ntwo words\n'))).toEqual(['did -one', 'did two words']);
    expect(did(textLine('x\n'.repeat(21)))).toHaveLength(21);
    expect(did(await lineFor([list], job, 2))).toEqual(['did one item', 'did two']);
    const found = [join(logs, 'a.log'), join(logs, 'deep/b.log')];
    expect(did(await lineFor([logs], job))).toEqual(found.map((path) => `did ${path}`));
    expect(did(await lineFor([logs, list], job))).toHaveLength(4);
    writeFileSync(list, 'one item\ntwo');
    const many = Array.from({ length: 21 }, (_, index) => `${index}`).join('\r\n');
    const [file] = (await inputs.registerPaths([list])).inputs as [RegisteredInput];
    expect(did(lineOf(text(many), file, text('last')))).toEqual(
      [...many.split('\r\n'), 'one item', 'two', 'last'].map((item) => `did ${item}`).sort(),
    );
    expect(textLine(`${'\n'.repeat(30)}a\r\n\nb`)).toBe(`shoal map -- ${shuffle} a b`);
    expect(textLine(`${'\n'.repeat(30)}${many}`)).toMatch(/^cat .* \| shoal map/);
    const odd = inputs.registerItems(['two\nlines', 'end\r'], 'Two');
    expect(lineOf(odd)).toBe(`shoal map -- ${shuffle} 'two\nlines' 'end\r'`);
    const two = ['two\nlines', ...many.split('\r\n')];
    const oddMany = inputs.registerItems(two, 'Many');
    const [folderGiven] = (await inputs.registerPaths([logs])).inputs as [RegisteredInput];
    const told = runInShell(lineOf(oddMany, file, text('a\r\nb'), folderGiven));
    const others = ['one item', 'two', 'a', 'b', ...found].map((item) => `did ${item}\n`);
    const all = [...two.map((item) => `did ${item}\n`), ...others];
    for (const line of all) expect(told).toContain(line);
    expect(told).toHaveLength(all.join('').length);
  });
});
