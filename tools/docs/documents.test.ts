import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { documents } from './documents.ts';

it.each(Object.entries(documents))('docs/%s is as node tools/write-docs.ts writes it', (name, text) => {
  expect(readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8')).toBe(text());
});
