import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerAppFile, noncePlaceholder } from './app-files.ts';

let root: string;
let folder: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'shoal-files-'));
  folder = join(root, 'renderer');
  await mkdir(folder);
  await mkdir(join(root, 'renderer-secret'));
  await writeFile(join(folder, 'index.html'), `<style nonce="${noncePlaceholder}"></style>`);
  await writeFile(join(folder, 'page.js'), 'run()');
  await writeFile(join(root, 'secret.js'), 'secret');
  await writeFile(join(root, 'renderer-secret', 'secret.js'), 'secret');
});
afterAll(() => rm(root, { recursive: true }));

it('answers its files with their type and the policy', async () => {
  const response = await answerAppFile(folder, 'app://shoal/page.js');
  expect(await response.text()).toBe('run()');
  expect(response.headers.get('content-type')).toMatch('text/javascript');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('gives each answer a nonce of its own, in the policy and in the page', async () => {
  const pages = await Promise.all([1, 2].map(() => answerAppFile(folder, 'app://shoal/')));
  const nonces = await Promise.all(
    pages.map(async (page) => {
      const [, nonce = ''] = /nonce="(.+)"/.exec(await page.text()) ?? [];
      expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
      return nonce;
    }),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(nonces).not.toContain(noncePlaceholder);
});

it.each([
  'app://shoal/../secret.js',
  'app://shoal/%2e%2e/secret.js',
  'app://shoal/..%2fsecret.js',
  'app://shoal/..%2frenderer-secret%2fsecret.js',
  'app://shoal/..%5csecret.js',
  'app://shoal/%00page.js',
  'app://shoal/%E0%A4%A',
  'app://other/page.js',
  'app://shoal/nothing.js',
  'app://shoal/page',
])('answers 404 to %s', async (address) => {
  expect((await answerAppFile(folder, address)).status).toBe(404);
});
