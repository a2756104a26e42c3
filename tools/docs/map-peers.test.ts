import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codeBlocks } from './code-blocks.ts';
import { abilities } from './map-peers.ts';

const root = join(import.meta.dirname, '../..');

test('what the table says of Shoal is shown by examples that are run, or by tests', () => {
  const shown = abilities
    .flatMap(({ library, command }) => [library, command])
    .filter((cell) => typeof cell !== 'string');
  const missing = shown
    .filter(({ by: [file, name] }) => !isThere(file, name))
    .map(({ by }) => by.join(' › '));
  expect(missing).toEqual([]);
  expect(shown.length).toBeGreaterThan(30);
});

function isThere(file: string, name: string): boolean {
  const text = readFileSync(join(root, file), 'utf8');
  if (file.endsWith('.test.ts')) return text.includes(`'${name}'`);
  return codeBlocks(text).some(({ section, words: [verb] }) => section === name && verb === 'run');
}
