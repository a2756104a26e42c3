import { join } from 'node:path';
import { expect, it } from 'vitest';
import { licencesAllowed } from './licences.ts';
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
  const others = notices.filter(({ license }) => !licencesAllowed.test(license));
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
