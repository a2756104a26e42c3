import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importedPackages, noticesOf } from './notices.ts';

const root = join(import.meta.dirname, '../..');
const notices = noticesOf(root);

it('names what the window, the engine and what these need are made of', () => {
  const names = notices.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['react', 'scheduler', 'sharp', '@mantine/core', 'undici', 'zod']),
  );
  expect(names).not.toContain('vitest');
  expect(importedPackages(root)).not.toContain('electron');
});

it('knows the licence of every package, and each is one that lets the app be given away', () => {
  const allowed =
    /^\(?(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|MPL-2\.0|LGPL-3\.0(-or-later)?|Python-2\.0|Unlicense|Zlib| AND | OR |\(|\))+$/;
  const others = notices.filter(({ license }) => !allowed.test(license));
  expect(others.map(({ name, license }) => `${name}: ${license}`)).toEqual([]);
});

it('carries the GPL, too, where the LGPL that refers to it is libheif’s', () => {
  const { text } = notices.find(({ name }) => name === 'libheif-js') ?? { text: '' };
  expect(text).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
  expect(text.match(/^ *GNU GENERAL PUBLIC LICENSE$/gm)).toHaveLength(1);
  expect(text).toContain('docs/adr/0078');
});

it('carries the text of the licence wherever the package has one', () => {
  const without = notices.filter(({ text }) => text === '').map(({ name }) => name);
  expect(without).toEqual([]);
});
